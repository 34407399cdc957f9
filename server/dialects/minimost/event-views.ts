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

/** Something the stream repeats whenever it may have changed: what one endpoint answers. */
export type View = {
  /** the event's name in the documents */
  event: string;
  /** at most so often, as the API's own client polls (minimost.md UI-25) */
  everyMs: number;
  /** facts that may change it */
  on: ReadonlySet<DomainEvent['type'] | Signal['type']>;
  /** concerns the followed channel only */
  local: boolean;
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

const UNREAD = [
  'message_sent',
  'message_deleted',
  'messages_pruned',
  'read_moved',
  'conversation_created',
  'conversation_hidden',
] as const;
const PLACES = ['conversation_changed', 'member_joined', 'member_left', 'account_deleted'] as const;

/** Every view of the stream except the messages themselves. */
export const VIEWS: readonly View[] = [
  view('typing', 'typing-list', 1_000, ['typing'], true),
  view(
    'read_receipts',
    'read-receipts',
    3_000,
    ['receipt', 'read_moved', 'message_sent', 'member_left'],
    true,
  ),
  view('online_users', 'online-users', 1_000, ['presence', 'account_deleted'], false),
  view('dms', 'dms-list', 2_000, [...UNREAD, 'account_deleted'], false),
  view('channel_unreads', 'channels-unreads', 2_000, UNREAD, false),
  view('private_channels', 'private-list', 2_000, [...UNREAD, ...PLACES], false),
  view('mentions', 'mentions-list', 2_000, [...UNREAD, 'message_edited'], false),
  view('unread_count', 'unread-count', 5_000, UNREAD, false),
];

function view(
  event: string,
  endpoint: string,
  everyMs: number,
  on: Iterable<DomainEvent['type'] | Signal['type']>,
  local: boolean,
): View {
  return {
    event,
    everyMs,
    on: new Set(on),
    local,
    read: (actor, channel) => answerOf(endpoint, actor, channel),
  };
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
