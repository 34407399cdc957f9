import type { LooseReply } from '#server/dialects/kit/answers';
import type { Call, Route } from '#server/dialects/kit/route';
import type { ChannelRef } from '#server/dialects/minimost/refs';
import { channelRoutes } from '#server/dialects/minimost/routes/channels';
import { directMessageRoutes } from '#server/dialects/minimost/routes/direct-messages';
import { peopleRoutes } from '#server/dialects/minimost/routes/people';
import { privateChannelRoutes } from '#server/dialects/minimost/routes/private-channels';
import { receiptRoutes } from '#server/dialects/minimost/routes/receipts';
import { searchRoutes } from '#server/dialects/minimost/routes/search';
import { typingRoutes } from '#server/dialects/minimost/routes/typing';
import type { Actor } from '#server/domain/kernel/actor';
import type { DomainEvent, Signal } from '#server/domain/kernel/events';

/** A fact as one follower sees it. */
export type Happening = {
  type: DomainEvent['type'] | Signal['type'];
  /** in the followed channel */
  here: boolean;
  /** in a public channel */
  isPublic: boolean;
  /** a message that mentions the follower or everyone */
  mentionsMe: boolean;
};

/** Something the stream repeats whenever it may have changed: what one endpoint answers. */
export type View = {
  /** the event's name in the documents */
  event: string;
  /** at most so often, about as the API's own client polls (minimost.md UI-25) */
  everyMs: number;
  mayChangeBy(happening: Happening): boolean;
  read(actor: Actor, channel: ChannelRef): Promise<unknown>;
};

const rows = new Map<string, Route>(
  [
    ...channelRoutes,
    ...directMessageRoutes,
    ...peopleRoutes,
    ...privateChannelRoutes,
    ...receiptRoutes,
    ...searchRoutes,
    ...typingRoutes,
  ].map((row) => [row.id, row]),
);

const UNREAD = new Set<Happening['type']>([
  'message_sent',
  'message_deleted',
  'messages_pruned',
  'read_moved',
  'conversation_created',
  'conversation_hidden',
  'conversation_deleted',
]);
const RECEIPTS = new Set<Happening['type']>(['receipt', 'read_moved', 'message_sent', 'member_left']);
const PLACES = new Set<Happening['type']>(['conversation_changed', 'member_joined', 'member_left']);
const LOST_MENTIONS = new Set<Happening['type']>([
  'message_edited',
  'message_deleted',
  'messages_pruned',
  'read_moved',
  'conversation_deleted',
]);

const isDeletion: View['mayChangeBy'] = ({ type }) => type === 'account_deleted';
const isUnread: View['mayChangeBy'] = ({ type, isPublic }) => !isPublic && UNREAD.has(type);

/**
 * Every view of the stream except the messages themselves. Most of what happens is messages in public channels, and
 * everybody hears of those: they must concern as few views as possible.
 */
export const VIEWS: readonly View[] = [
  view('typing', 'typing-list', 1_000, ({ type, here }) => here && type === 'typing'),
  view('read_receipts', 'read-receipts', 3_000, ({ type, here }) => here && RECEIPTS.has(type)),
  view('online_users', 'online-users', 1_000, (it) => it.type === 'presence' || isDeletion(it)),
  view('channel_unreads', 'channels-unreads', 2_000, ({ type, isPublic }) => isPublic && UNREAD.has(type)),
  view('dms', 'dms-list', 1_000, (it) => isUnread(it) || isDeletion(it)),
  view('unread_count', 'unread-count', 1_000, isUnread),
  view(
    'private_channels',
    'private-list',
    1_000,
    (it) => isUnread(it) || isDeletion(it) || PLACES.has(it.type),
  ),
  view('mentions', 'mentions-list', 2_000, ({ type, mentionsMe }) => mentionsMe || LOST_MENTIONS.has(type)),
];

function view(event: string, endpoint: string, everyMs: number, mayChangeBy: View['mayChangeBy']): View {
  return { event, everyMs, mayChangeBy, read: (actor, channel) => answerOf(endpoint, actor, channel) };
}

/** The JSON that an endpoint of the table would answer. */
async function answerOf(endpoint: string, actor: Actor, channel: ChannelRef): Promise<unknown> {
  const handle = rows.get(endpoint)?.handle;
  if (!handle) throw new Error(`there is no endpoint ${endpoint}`);
  const call = { actor, params: { channel }, query: {}, body: undefined } as Call<
    Actor,
    unknown,
    unknown,
    unknown
  >;
  return ((await handle(call)) as LooseReply).body;
}
