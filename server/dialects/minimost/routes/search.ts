import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { route } from '#server/dialects/kit/route';
import { contentOf, filenameOf, MessageJson, SYSTEM, senderOf } from '#server/dialects/minimost/present';
import { channelOf, findPlaceOrNull, parseChannel } from '#server/dialects/minimost/refs';
import { ceilStamp, parseFloatOrNull, secondsOf } from '#server/dialects/minimost/stamps';
import { listConversations } from '#server/domain/conversations/find-conversations';
import type { Actor } from '#server/domain/kernel/actor';
import { unreadMentions } from '#server/domain/mentions/unread-mentions';
import type { Message } from '#server/domain/messages/message';
import { searchMessages } from '#server/domain/search/search-messages';

const tag = 'Search';
const LIMIT = 50;

/** A filter that says nothing counts as absent. */
const filter = z
  .string()
  .optional()
  .transform((written) => written?.trim() || undefined)
  .openapi({ type: 'string' });

/** A bound that is no number counts as absent. */
const bound = z
  .string()
  .optional()
  .transform((written) => {
    const seconds = parseFloatOrNull(written);
    return seconds === null ? undefined : ceilStamp(seconds);
  })
  .openapi({ type: 'number' });

export const searchRoutes = [
  route('GET', '/search_messages', {
    id: 'messages-search',
    tag,
    summary: 'Find messages',
    description: 'All filters must hold; without any the answer is empty. Newest first, at most 50.',
    query: {
      q: filter.openapi({ description: 'literal text, upper and lower case alike' }),
      from: filter.openapi({ description: 'a whole username, upper and lower case alike' }),
      channel: filter,
      start: bound.openapi({ description: 'seconds, inclusive' }),
      end: bound.openapi({ description: 'seconds, exclusive' }),
    },
    answers: {
      200: json(
        z.array(MessageJson.pick({ id: true, channel: true, sender: true, content: true, ts: true })),
        'hits',
      ),
    },
    async handle({ actor, query }) {
      const { q: text, channel, start: since, end: until } = query;
      const place = channel ? await findPlaceOrNull(actor, parseChannel(channel)) : undefined;
      // a channel I can't read, or a direct conversation nobody has written in: nothing to find
      if (place === null || place?.conversationId === null) return { status: 200, body: [] };
      const hits = await searchMessages(actor, {
        text,
        ...senderFilter(query.from),
        conversationId: place?.conversationId,
        since,
        until,
        limit: LIMIT,
      });
      const channels = await channelsOf(actor, hits);
      return {
        status: 200,
        body: hits.flatMap((message) => {
          const name = channels.get(message.conversationId);
          return name ? [{ ...line(message), channel: name }] : [];
        }),
      };
    },
  }),

  route('GET', '/mentions', {
    id: 'mentions-list',
    tag,
    summary: 'Unread messages that mention me or everyone, newest first',
    answers: {
      200: json(
        z.array(
          MessageJson.pick({
            id: true,
            channel: true,
            sender: true,
            content: true,
            filename: true,
            ts: true,
          }),
        ),
        'mentions',
      ),
    },
    async handle({ actor }) {
      const mentions = await unreadMentions(actor);
      const channels = await channelsOf(actor, mentions);
      return {
        status: 200,
        body: mentions.flatMap((message) => {
          const channel = channels.get(message.conversationId);
          return channel ? [{ ...line(message), channel, filename: filenameOf(message) }] : [];
        }),
      };
    },
  }),
];

/** Notices are by nobody; here they have a sender of their own, whose name no account can take. */
function senderFilter(from: string | undefined) {
  return from?.toLowerCase() === SYSTEM ? ({ notices: true } as const) : { from };
}

function line(message: Message) {
  return {
    id: message.id,
    sender: senderOf(message),
    content: contentOf(message),
    ts: secondsOf(message.createdAt),
  };
}

/** The identifiers of the conversations that some messages are in. */
async function channelsOf(actor: Actor, messages: readonly Message[]): Promise<Map<number, string>> {
  if (messages.length === 0) return new Map();
  const conversations = await listConversations(actor);
  return new Map(
    conversations.flatMap((conversation) => {
      const channel = channelOf(conversation);
      return channel ? [[conversation.id, channel] as const] : [];
    }),
  );
}
