import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { route } from '#server/dialects/kit/route';
import { limitOf } from '#server/dialects/mikrochat/fields';
import { MessageJson, presentMessage } from '#server/dialects/mikrochat/present';
import type { Profile } from '#server/dialects/mikrochat/profile';
import { findFilterPlace, idOrNull, placeOf } from '#server/dialects/mikrochat/refs';
import { stampOrNull } from '#server/dialects/mikrochat/times';
import { searchMessages } from '#server/domain/search/search-messages';

const MAX_HITS = 200;
const DEFAULT_HITS = 50;
const text = z.string().optional();

export const searchRoutes = (profile: Profile) => [
  route('GET', '/search/messages', {
    id: 'X6-search',
    tag: 'Search',
    summary: 'Messages that contain a text, newest first',
    query: {
      q: text.openapi({ description: 'a part of the text, in any case; blank finds nothing' }),
      channelId: text,
      conversationId: text,
      authorId: text,
      from: text.openapi({ description: 'epoch milliseconds or a date, inclusive' }),
      to: text.openapi({ description: 'the same, inclusive' }),
      limit: text.openapi({ type: 'integer', default: DEFAULT_HITS, maximum: MAX_HITS }),
    },
    answers: { 200: json(z.object({ messages: z.array(MessageJson) }), 'what I may read of it') },
    async handle({ actor, query }) {
      const wanted = query.q?.trim() ?? '';
      const isNarrowed = query.channelId !== undefined || query.conversationId !== undefined;
      const conversationId = isNarrowed ? await findFilterPlace(actor, query) : undefined;
      const fromId = query.authorId === undefined ? undefined : idOrNull(query.authorId);
      if (wanted === '' || conversationId === null || fromId === null) {
        return { status: 200, body: { messages: [] } };
      }
      const found = await searchMessages(actor, {
        text: wanted,
        notices: false,
        conversationId,
        fromId,
        since: stampOrNull(query.from) ?? undefined,
        until: untilOf(stampOrNull(query.to)),
        limit: limitOf(query.limit, DEFAULT_HITS, MAX_HITS),
      });
      const messages = await Promise.all(
        found.map(async (message) => presentMessage(message, await placeOf(message), profile)),
      );
      return { status: 200, body: { messages } };
    },
  }),
];

/** The whole millisecond counts. */
function untilOf(stamp: number | null): number | undefined {
  return stamp === null ? undefined : stamp + 1_000;
}
