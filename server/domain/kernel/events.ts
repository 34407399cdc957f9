import { z } from 'zod';

const id = z.number().int().positive();

/**
 * Facts in the past tense, each with the ids and small facts a reader needs to bring its copy up to date; never
 * message text, so that a replay can't repeat what has been deleted since. Unknown keys are rejected.
 */
export const DomainEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('message_sent'), conversationId: id, messageIds: z.array(id).min(1) }),
  z.strictObject({ type: z.literal('message_edited'), conversationId: id, messageId: id }),
  z.strictObject({
    type: z.literal('message_deleted'),
    conversationId: id,
    messageId: id,
    /** the replies that went with it, ascending */
    replyIds: z.array(id).default([]),
  }),
  z.strictObject({
    type: z.literal('message_pinned'),
    conversationId: id,
    messageId: id,
    pinned: z.boolean(),
  }),
  /** who put which emoji on it, or took it off; rows of older versions don't say */
  z.strictObject({
    type: z.literal('reactions_changed'),
    conversationId: id,
    messageId: id,
    accountId: id.optional(),
    emoji: z.string().optional(),
    on: z.boolean().optional(),
  }),
  /** retention removed every message with a smaller or equal `seq` */
  z.strictObject({ type: z.literal('messages_pruned'), conversationId: id, prunedSeq: id }),
  z.strictObject({ type: z.literal('conversation_created'), conversationId: id }),
  z.strictObject({ type: z.literal('conversation_changed'), conversationId: id }),
  /** a public channel, for good; `name` is what it was called */
  z.strictObject({ type: z.literal('conversation_deleted'), conversationId: id, name: z.string() }),
  z.strictObject({ type: z.literal('member_joined'), conversationId: id, accountId: id }),
  z.strictObject({ type: z.literal('member_left'), conversationId: id, accountId: id }),
  z.strictObject({
    type: z.literal('read_moved'),
    conversationId: id,
    accountId: id,
    readSeq: z.number().int().nonnegative(),
    unread: z.number().int().nonnegative(),
  }),
  z.strictObject({
    type: z.literal('thread_read_moved'),
    conversationId: id,
    accountId: id,
    rootId: id,
    readSeq: z.number().int().nonnegative(),
  }),
  z.strictObject({
    type: z.literal('thread_followed'),
    conversationId: id,
    accountId: id,
    rootId: id,
    following: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('conversation_hidden'),
    conversationId: id,
    accountId: id,
    hidden: z.boolean(),
  }),
  z.strictObject({ type: z.literal('account_created'), accountId: id }),
  z.strictObject({ type: z.literal('account_changed'), accountId: id }),
  /** `name` and `email` are what it had: some faces tell them, the web app doesn't */
  z.strictObject({
    type: z.literal('account_deleted'),
    accountId: id,
    by: z.enum(['self', 'admin']).default('self'),
    name: z.string().default(''),
    email: z.string().nullable().default(null),
  }),
  /** `tokens`: so has every access token of the account, also those without a session of their own */
  z.strictObject({
    type: z.literal('session_ended'),
    accountId: id,
    sessionIds: z.array(id),
    tokens: z.literal(true).optional(),
  }),
  z.strictObject({
    type: z.literal('webhook_created'),
    webhookId: id,
    conversationId: id,
    name: z.string(),
  }),
  z.strictObject({ type: z.literal('webhook_deleted'), webhookId: id, conversationId: id }),
  /** its name, or how people sign in; `name` is null while nobody has given it one */
  z.strictObject({ type: z.literal('server_changed'), name: z.string().nullable() }),
]);

export type DomainEvent = z.output<typeof DomainEvent>;
export type EventType = DomainEvent['type'];

/** Who receives an event: the members of a conversation at delivery, some accounts, or everyone. */
export type Audience = { conversationId: number } | { accountIds: readonly number[] } | 'everyone';

/** Passing facts that travel the hub but are never stored and never replayed. */
export type Signal =
  | { type: 'typing'; conversationId: number; accountId: number }
  | { type: 'presence'; accountId: number; state: 'active' | 'idle' | 'hidden' | 'offline' }
  | { type: 'receipt'; conversationId: number; accountId: number; readSeq: number; readStamp: number };
