import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { route } from '#server/dialects/kit/route';
import { MessageJson, presentMessage, writeMessages } from '#server/dialects/mikrochat/present';
import type { Profile } from '#server/dialects/mikrochat/profile';
import { findChannelPlace, findPinnable, IdParam } from '#server/dialects/mikrochat/refs';
import type { Actor } from '#server/domain/kernel/actor';
import { listPins } from '#server/domain/pins/list-pins';
import { setPinned } from '#server/domain/pins/set-pinned';

const tag = 'Pins';
const params = { messageId: IdParam };
const answers = { 200: json(z.object({ message: MessageJson }), 'the message') };
const refuses = {
  invalid: 'a direct message',
  conflict: 'too many pins in the channel',
  not_found: 'no such message that I can read',
};

export const pinRoutes = (profile: Profile) => {
  const pin = async (actor: Actor, messageId: number, pinned: boolean) => {
    const { place } = await findPinnable(actor, messageId);
    const message = await setPinned(actor, { messageId, pinned });
    return { status: 200, body: { message: presentMessage(message, place, profile) } } as const;
  };

  return [
    route('POST', '/messages/{messageId}/pin', {
      id: 'X7-pin',
      tag,
      summary: 'Pin a message in its channel',
      params,
      answers,
      refuses,
      handle: ({ actor, params }) => pin(actor, params.messageId, true),
    }),

    route('DELETE', '/messages/{messageId}/pin', {
      id: 'X8-unpin',
      tag,
      summary: 'Take the pin out again',
      params,
      answers,
      refuses,
      handle: ({ actor, params }) => pin(actor, params.messageId, false),
    }),

    route('GET', '/channels/{channelId}/pins', {
      id: 'X9-pins-list',
      tag,
      summary: 'What is pinned in a channel, the latest pin first',
      params: { channelId: IdParam },
      answers: { 200: json(z.object({ messages: z.array(MessageJson) }), 'the messages') },
      refuses: { not_found: 'no such channel' },
      async handle({ actor, params }) {
        const place = await findChannelPlace(params.channelId);
        const pins = await listPins(actor, { conversationId: place.conversationId });
        return { status: 200, body: writeMessages('messages', pins, place, profile) };
      },
    }),
  ];
};
