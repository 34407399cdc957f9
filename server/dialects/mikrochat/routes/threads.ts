import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { route } from '#server/dialects/kit/route';
import { draftOf, revisionOf, send } from '#server/dialects/mikrochat/drafts';
import { DONE, doneAnswer, messageBody, pageQuery } from '#server/dialects/mikrochat/fields';
import {
  MessageJson,
  presentMessage,
  presentThread,
  ThreadMetaJson,
  writeMessages,
} from '#server/dialects/mikrochat/present';
import type { Profile } from '#server/dialects/mikrochat/profile';
import {
  findChannelMessage,
  findReply,
  findShownMessage,
  IdParam,
  own,
} from '#server/dialects/mikrochat/refs';
import { refuse } from '#server/domain/kernel/refusal';
import { removeMessage } from '#server/domain/messages/delete-message';
import { findMessage } from '#server/domain/messages/find-messages';
import { reviseMessage } from '#server/domain/messages/revise-message';
import { listReplies } from '#server/domain/threads/list-replies';

const tag = 'Threads';
const ofMessage = { messageId: IdParam };
const ofReply = { messageId: IdParam, replyId: IdParam };

export const threadRoutes = (profile: Profile) => [
  route('GET', '/messages/{messageId}/thread', {
    id: 'E35-thread-list',
    tag,
    summary: 'The newest replies to a message, or those before one',
    params: ofMessage,
    query: pageQuery,
    answers: { 200: json(z.object({ replies: z.array(MessageJson) }), 'the replies, oldest first') },
    refuses: { not_found: 'no such message in a channel that I can read' },
    async handle({ actor, params, query }) {
      const { place } = await findChannelMessage(actor, params.messageId);
      const replies = await listReplies(actor, { rootId: params.messageId, ...query });
      return { status: 200, body: writeMessages('replies', replies, place, profile) };
    },
  }),

  route('POST', '/messages/{messageId}/thread', {
    id: 'E36-thread-reply',
    tag,
    summary: 'Reply to a message',
    params: ofMessage,
    body: messageBody(profile),
    answers: { 200: json(z.object({ reply: MessageJson, threadMeta: ThreadMetaJson }), 'the reply') },
    refuses: {
      not_found: 'no such message that I can read',
      invalid: 'neither text nor images; or the message is a reply itself, or a direct message',
    },
    admit: ({ actor, params }) => findShownMessage(actor, params.messageId),
    async handle({ actor, params, body }) {
      const { place } = await findShownMessage(actor, params.messageId);
      const reply = await send(actor, await draftOf(actor, place, body), params.messageId);
      const { thread } = await findMessage(actor, params.messageId);
      // somebody was faster and took the message away, its thread with it
      if (!thread) return refuse('not_found', 'message');
      return {
        status: 200,
        body: { reply: presentMessage(reply, place, profile), threadMeta: presentThread(thread) },
      };
    },
  }),

  route('PUT', '/messages/{messageId}/thread/{replyId}', {
    id: 'E37-thread-update',
    tag,
    summary: 'Edit my reply',
    params: ofReply,
    body: messageBody(profile),
    answers: { 200: json(z.object({ message: MessageJson }), 'the reply') },
    refuses: {
      not_found: 'no such reply to this message',
      forbidden: 'not my reply',
      invalid: 'nothing would be left of it',
    },
    admit: ({ actor, params }) => own(actor, findReply(actor, params.messageId, params.replyId)),
    async handle({ actor, params, body }) {
      const { message, place } = await findReply(actor, params.messageId, params.replyId);
      const revised = await reviseMessage(actor, await revisionOf(actor, message, body));
      return { status: 200, body: { message: presentMessage(revised, place, profile) } };
    },
  }),

  route('DELETE', '/messages/{messageId}/thread/{replyId}', {
    id: 'E38-thread-delete',
    tag,
    summary: 'Delete my reply, or as an administrator anybody’s',
    params: ofReply,
    answers: { 200: doneAnswer },
    refuses: {
      not_found: 'no such reply to this message',
      forbidden: 'not my reply, and I am no administrator',
    },
    async handle({ actor, params }) {
      await findReply(actor, params.messageId, params.replyId);
      await removeMessage(actor, { messageId: params.replyId });
      return DONE;
    },
  }),
];
