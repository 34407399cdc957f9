import { z } from '@hono/zod-openapi';
import { empty, json } from '#server/dialects/kit/answers';
import { lenientJson } from '#server/dialects/kit/body';
import { route } from '#server/dialects/kit/route';
import { namesOf } from '#server/dialects/minimost/present';
import { channelOf, findPlace, othersIn, parseChannel } from '#server/dialects/minimost/refs';
import { listConversations } from '#server/domain/conversations/find-conversations';
import { hideConversation } from '#server/domain/direct-messages/hide-conversation';
import { refuseUnless } from '#server/domain/kernel/refusal';

const tag = 'Direct messages';

export const directMessageRoutes = [
  route('GET', '/dms', {
    id: 'dms-list',
    tag,
    summary: 'My direct messages, newest activity first',
    answers: {
      200: json(
        z.array(z.object({ channel: z.string(), users: z.array(z.string()), unread: z.int() })),
        'those that have a message and that I have not closed since',
      ),
    },
    async handle({ actor }) {
      const conversations = await listConversations(actor);
      const shown = conversations.filter(
        ({ kind, lastSentAt, hidden }) => kind === 'direct' && lastSentAt > 0 && !hidden,
      );
      return {
        status: 200,
        body: shown
          .sort((a, b) => b.lastSentAt - a.lastSentAt)
          .map((conversation) => ({
            channel: channelOf(conversation) as string,
            users: othersIn(actor, namesOf(conversation.people)),
            unread: conversation.unread,
          })),
      };
    },
  }),

  route('POST', '/dms/close', {
    id: 'dms-close',
    tag,
    summary: 'Take a direct message off my list until somebody writes in it again',
    body: lenientJson({
      channel: z.string().trim().catch('').openapi({ type: 'string', example: 'dm:alice:bob' }),
    }),
    answers: { 204: empty('closed') },
    refuses: {
      invalid: '`invalid channel`: no identifier of a direct message',
      not_found: { status: 403, when: 'not one of mine' },
    },
    async handle({ actor, body }) {
      refuseUnless(body.channel.startsWith('dm:'), 'invalid', 'invalid_channel');
      const { conversationId } = await findPlace(actor, parseChannel(body.channel));
      // nothing written yet: it isn't on the list anyway
      if (conversationId !== null) await hideConversation(actor, conversationId);
      return { status: 204 };
    },
  }),

  route('GET', '/unread_count', {
    id: 'unread-count',
    tag,
    summary: 'Unread direct messages, closed ones included',
    answers: { 200: json(z.object({ count: z.int() }), 'the number') },
    async handle({ actor }) {
      const conversations = await listConversations(actor);
      const unread = conversations.map(({ kind, unread }) => (kind === 'direct' ? unread : 0));
      return { status: 200, body: { count: unread.reduce((sum, count) => sum + count, 0) } };
    },
  }),
];
