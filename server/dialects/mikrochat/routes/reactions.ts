import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { strictJson } from '#server/dialects/kit/body';
import { route } from '#server/dialects/kit/route';
import { MessageJson, presentMessage } from '#server/dialects/mikrochat/present';
import type { Profile } from '#server/dialects/mikrochat/profile';
import { findReactable, IdParam } from '#server/dialects/mikrochat/refs';
import type { Actor } from '#server/domain/kernel/actor';
import { setReaction } from '#server/domain/reactions/set-reaction';

const tag = 'Reactions';
const params = { messageId: IdParam };
const body = strictJson({ reaction: z.string().default('') });
const answers = { 200: json(z.object({ message: MessageJson }), 'the message') };
const refuses = {
  invalid: 'no emoji, or more than 64 characters',
  forbidden: 'a direct message of other people',
  not_found: 'no such message that I can read',
};

/** For messages of channels, replies and direct messages alike: the client has one route for all. */
export const reactionRoutes = (profile: Profile) => {
  const react = async (actor: Actor, messageId: number, emoji: string, on: boolean) => {
    const { place } = await findReactable(actor, messageId);
    const message = await setReaction(actor, { messageId, emoji, on });
    return { status: 200, body: { message: presentMessage(message, place, profile) } } as const;
  };

  return [
    route('POST', '/messages/{messageId}/reactions', {
      id: 'E31-reactions-add',
      tag,
      summary: 'React to a message',
      description: 'Reacting so again changes nothing.',
      params,
      body,
      answers,
      refuses,
      admit: ({ actor, params }) => findReactable(actor, params.messageId),
      handle: ({ actor, params, body }) => react(actor, params.messageId, body.reaction, true),
    }),

    route('DELETE', '/messages/{messageId}/reactions', {
      id: 'E32-reactions-remove',
      tag,
      summary: 'Take my reaction away',
      params,
      body,
      answers,
      refuses,
      admit: ({ actor, params }) => findReactable(actor, params.messageId),
      handle: ({ actor, params, body }) => react(actor, params.messageId, body.reaction, false),
    }),
  ];
};
