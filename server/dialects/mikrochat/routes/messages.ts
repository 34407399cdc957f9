import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { route } from '#server/dialects/kit/route';
import { draftOf, revisionOf, send } from '#server/dialects/mikrochat/drafts';
import { DONE, doneAnswer, messageBody, pageQuery } from '#server/dialects/mikrochat/fields';
import { MessageJson, presentMessage, writeMessages } from '#server/dialects/mikrochat/present';
import type { Profile } from '#server/dialects/mikrochat/profile';
import { findChannelMessage, findChannelPlace, IdParam, own } from '#server/dialects/mikrochat/refs';
import { removeMessage } from '#server/domain/messages/delete-message';
import { listTopMessages } from '#server/domain/messages/list-top-messages';
import { reviseMessage } from '#server/domain/messages/revise-message';

const tag = 'Messages';
const inChannel = { channelId: IdParam };
const ofMessage = { messageId: IdParam };
const it = json(z.object({ message: MessageJson }), 'the message');
const noMessage = 'no such message in a channel that I can read';

export const messageRoutes = (profile: Profile) => [
  route('GET', '/channels/{channelId}/messages', {
    id: 'E27-messages-list',
    tag,
    summary: 'The newest messages of a channel, or those before one',
    description: 'Oldest first. Pass the id of the first one as `before` for the page before it.',
    params: inChannel,
    query: pageQuery,
    answers: { 200: json(z.object({ messages: z.array(MessageJson) }), 'the messages, without replies') },
    refuses: { not_found: 'no such channel' },
    async handle({ actor, params, query }) {
      const place = await findChannelPlace(params.channelId);
      const messages = await listTopMessages(actor, { conversationId: place.conversationId, ...query });
      return { status: 200, body: writeMessages('messages', messages, place, profile) };
    },
  }),

  route('POST', '/channels/{channelId}/messages', {
    id: 'E28-messages-create',
    tag,
    summary: 'Send a message',
    description: 'Without text, a list of images makes it: an empty one for those that follow by `PUT`.',
    params: inChannel,
    body: messageBody(profile),
    answers: { 200: it },
    refuses: {
      not_found: 'no such channel',
      invalid: 'neither text nor images, or an image that isn’t mine',
    },
    admit: ({ params }) => findChannelPlace(params.channelId),
    async handle({ actor, params, body }) {
      const place = await findChannelPlace(params.channelId);
      const message = await send(actor, await draftOf(actor, place, body));
      return { status: 200, body: { message: presentMessage(message, place, profile) } };
    },
  }),

  route('PUT', '/messages/{messageId}', {
    id: 'E29-messages-update',
    tag,
    summary: 'Edit my message',
    description: 'What is absent stays as it is; a list of images replaces the one before.',
    params: ofMessage,
    body: messageBody(profile),
    answers: { 200: it },
    refuses: { not_found: noMessage, forbidden: 'not my message', invalid: 'nothing would be left of it' },
    admit: ({ actor, params }) => own(actor, findChannelMessage(actor, params.messageId)),
    async handle({ actor, params, body }) {
      const { message, place } = await findChannelMessage(actor, params.messageId);
      const revised = await reviseMessage(actor, await revisionOf(actor, message, body));
      return { status: 200, body: { message: presentMessage(revised, place, profile) } };
    },
  }),

  route('DELETE', '/messages/{messageId}', {
    id: 'E30-messages-delete',
    tag,
    summary: 'Delete my message, or as an administrator anybody’s',
    description: 'Its replies, reactions and images go with it.',
    params: ofMessage,
    answers: { 200: doneAnswer },
    refuses: { not_found: noMessage, forbidden: 'not my message, and I am no administrator' },
    async handle({ actor, params }) {
      await findChannelMessage(actor, params.messageId);
      await removeMessage(actor, { messageId: params.messageId });
      return DONE;
    },
  }),
];
