import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { strictJson } from '#server/dialects/kit/body';
import { route } from '#server/dialects/kit/route';
import { ConversationJson, presentConversation } from '#server/dialects/mikrochat/conversations';
import { draftOf, revisionOf, send } from '#server/dialects/mikrochat/drafts';
import { DONE, doneAnswer, messageBody, pageQuery } from '#server/dialects/mikrochat/fields';
import { MessageJson, presentMessage, writeMessages } from '#server/dialects/mikrochat/present';
import type { Profile } from '#server/dialects/mikrochat/profile';
import {
  ConversationParam,
  findConversationPlace,
  findDirectMessage,
  IdParam,
  idOrNull,
  NOTHING,
  own,
} from '#server/dialects/mikrochat/refs';
import { findConversation, listConversations } from '#server/domain/conversations/find-conversations';
import { openOrMakeDirect } from '#server/domain/direct-messages/open-direct';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { listTopMessages } from '#server/domain/messages/list-top-messages';
import { reviseMessage } from '#server/domain/messages/revise-message';

const tag = 'Conversations';
const here = { conversationId: ConversationParam };
const ofMessage = { conversationId: ConversationParam, messageId: IdParam };
const it = json(z.object({ message: MessageJson }), 'the message');
const outside = { not_found: 'no such conversation', forbidden: 'other people’s conversation' };
const noMessage = 'no such conversation, or no such message in it';

/** Between two people, and nobody else's business: administrators have no access either. */
export const conversationRoutes = (profile: Profile) => [
  route('GET', '/conversations', {
    id: 'E40-conversations-list',
    tag,
    summary: 'My direct messages, newest activity first',
    answers: { 200: json(z.object({ conversations: z.array(ConversationJson) }), 'the conversations') },
    async handle({ actor }) {
      const conversations = await listConversations(actor);
      const shown = conversations.flatMap((view) => presentConversation(actor, view) ?? []);
      const activity = ({ lastMessageAt, createdAt }: ConversationJson) => lastMessageAt ?? createdAt;
      return { status: 200, body: { conversations: shown.sort((a, b) => activity(b) - activity(a)) } };
    },
  }),

  route('POST', '/conversations', {
    id: 'E41-conversations-create',
    tag,
    summary: 'Open the conversation with somebody',
    body: strictJson({ targetUserId: z.string() }),
    answers: {
      200: json(z.object({ conversation: ConversationJson, isNew: z.boolean() }), 'the conversation'),
    },
    refuses: { invalid: 'nobody named, or myself', not_found: 'no such user' },
    async handle({ actor, body }) {
      const target = idOrNull(body.targetUserId) ?? NOTHING;
      const { conversationId, isNew } = await openOrMakeDirect(actor, [target]);
      const conversation = presentConversation(actor, await findConversation(actor, conversationId));
      if (!conversation) throw new Error(`conversation ${conversationId} is not between two people`);
      return { status: 200, body: { conversation, isNew } };
    },
  }),

  route('GET', '/conversations/{conversationId}/messages', {
    id: 'E42-dm-list',
    tag,
    summary: 'The newest messages of a conversation, or those before one',
    params: here,
    query: pageQuery,
    answers: { 200: json(z.object({ messages: z.array(MessageJson) }), 'the messages, oldest first') },
    refuses: outside,
    async handle({ actor, params, query }) {
      const place = await findConversationPlace(actor, params.conversationId);
      const messages = await listTopMessages(actor, { conversationId: place.conversationId, ...query });
      return { status: 200, body: writeMessages('messages', messages, place, profile) };
    },
  }),

  route('POST', '/conversations/{conversationId}/messages', {
    id: 'E43-dm-create',
    tag,
    summary: 'Send a direct message',
    params: here,
    body: messageBody(profile),
    answers: { 200: it },
    refuses: { ...outside, invalid: 'neither text nor images, or an image that isn’t mine' },
    admit: ({ actor, params }) => findConversationPlace(actor, params.conversationId),
    async handle({ actor, params, body }) {
      const place = await findConversationPlace(actor, params.conversationId);
      const message = await send(actor, await draftOf(actor, place, body));
      return { status: 200, body: { message: presentMessage(message, place, profile) } };
    },
  }),

  route('PUT', '/conversations/{conversationId}/messages/{messageId}', {
    id: 'E44-dm-update',
    tag,
    summary: 'Edit my direct message',
    params: ofMessage,
    body: messageBody(profile),
    answers: { 200: it },
    refuses: {
      not_found: noMessage,
      forbidden: 'other people’s conversation, or not my message',
      invalid: 'nothing would be left of it',
    },
    admit: ({ actor, params }) =>
      own(actor, findDirectMessage(actor, params.conversationId, params.messageId)),
    async handle({ actor, params, body }) {
      const { message, place } = await findDirectMessage(actor, params.conversationId, params.messageId);
      const revised = await reviseMessage(actor, await revisionOf(actor, message, body));
      return { status: 200, body: { message: presentMessage(revised, place, profile) } };
    },
  }),

  route('DELETE', '/conversations/{conversationId}/messages/{messageId}', {
    id: 'E45-dm-delete',
    tag,
    summary: 'Delete my direct message',
    params: ofMessage,
    answers: { 200: doneAnswer },
    refuses: { not_found: noMessage, forbidden: 'other people’s conversation, or not my message' },
    async handle({ actor, params }) {
      await findDirectMessage(actor, params.conversationId, params.messageId);
      await deleteMessage(actor, { messageId: params.messageId });
      return DONE;
    },
  }),
];
