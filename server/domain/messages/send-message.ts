import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { type RefusalKind, refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { EVERYONE, extractMentions } from '#server/domain/mentions/extract-mentions';
import type { Message } from '#server/domain/messages/message';
import { messagesJson } from '#server/domain/messages/message-json';
import { messageText, storable } from '#server/domain/messages/message-text';
import {
  type EntryDraft,
  post,
  type SendDraft,
  type StoredMessage,
} from '#server/domain/messages/post-queue';
import { sql } from '#server/platform/database';

const MAX_ENTRIES = 200;
const MAX_KEY_LENGTH = 200;

export const SendMessage = z.object({
  conversationId: Id,
  /** each becomes one message; those with neither text nor files are left out, unless `mayBeEmpty` */
  entries: z.array(z.object({ text: z.string().optional(), fileIds: z.array(Id).optional() })),
  /** what is quoted; not checked, may point to nothing */
  replyToId: z.int().nullish(),
  /** the message whose thread this belongs to */
  threadRootId: Id.nullish(),
  /** a reply in a thread that is shown in the channel too */
  alsoInChannel: z.boolean().optional(),
  /** for clients that send first and upload then: a message whose files follow by `reviseMessage` */
  mayBeEmpty: z.boolean().optional(),
  /** unique per sender: a repeated send with it returns the first one's messages */
  clientKey: z.string().min(1).max(MAX_KEY_LENGTH).nullish(),
});
export type SendMessage = z.input<typeof SendMessage>;

/**
 * Writes into a conversation: each entry becomes a message, all with one stamp and neighbouring places. The
 * sender's own read mark moves there, and whoever closed the conversation sees it again. A repeat of a send with
 * the same client key stores nothing and returns what the first one stored.
 *
 * Refuses `invalid/empty`, `too_large/message_too_long`, `not_found` for a conversation, thread root or file that
 * isn't the actor's to use, `invalid/no_thread_here` for a root that is a reply itself or in no channel,
 * `forbidden/admins_only`; everything that the database could choke on, because that
 * would be the end of other people's sends in the same batch.
 */
export async function sendMessage(actor: Actor, input: SendMessage): Promise<Message[]> {
  const draft = draftOf(actor, input);
  const answer = await post(input.conversationId, draft);
  if ('refusal' in answer) return refuse(REFUSALS[answer.refusal], answer.refusal);
  if ('first' in answer) return messagesOfSend(answer.first);
  return answer.messages.map((stored, index) => ({
    ...freshMessage(draft, index, stored),
    conversationId: input.conversationId,
    sender: { id: actor.accountId, name: answer.name, displayName: answer.displayName },
    createdAt: answer.stamp,
    changedAt: answer.stamp,
  }));
}

const REFUSALS = {
  conversation: 'not_found',
  thread_root: 'not_found',
  file: 'not_found',
  admins_only: 'forbidden',
  no_thread_here: 'invalid',
} satisfies Record<string, RefusalKind>;

function draftOf(actor: Actor, input: SendMessage): SendDraft {
  const entries = input.entries
    .map(entryDraft)
    .filter((entry) => input.mayBeEmpty || entry.text !== undefined || entry.files);
  refuseUnless(entries.length > 0, 'invalid', 'empty');
  refuseUnless(entries.length <= MAX_ENTRIES, 'too_large', 'too_many_entries', { limit: MAX_ENTRIES });
  const files = entries.flatMap((entry) => entry.files ?? []);
  refuseUnless(files.every(isId), 'not_found', 'file');
  refuseUnless(new Set(files).size === files.length, 'invalid', 'file_repeated');
  const { replyToId, threadRootId, clientKey, alsoInChannel } = input;
  refuseUnless(isId(input.conversationId), 'not_found', 'conversation');
  refuseUnless(threadRootId == null || isId(threadRootId), 'not_found', 'thread_root');
  refuseUnless((clientKey?.length ?? 0) <= MAX_KEY_LENGTH, 'invalid', 'client_key');
  return {
    sender: actor.accountId,
    key: clientKey ? storable(clientKey) : undefined,
    reply: Number.isSafeInteger(replyToId) ? (replyToId ?? undefined) : undefined,
    root: threadRootId ?? undefined,
    also: (threadRootId && alsoInChannel) || undefined,
    files: files.length > 0 ? files : undefined,
    entries,
  };
}

function isId(id: number): boolean {
  return Number.isSafeInteger(id) && id > 0;
}

/** A message to be, with whom its text names. Refuses `too_large/message_too_long`. */
export function entryDraft({ text: raw, fileIds }: SendMessage['entries'][number]): EntryDraft {
  const text = messageText(raw) ?? undefined;
  const names = text === undefined ? [] : extractMentions(text);
  const everyone = names.includes(EVERYONE);
  return {
    text,
    everyone: everyone || undefined,
    names: names.length > 0 && !everyone ? names : undefined,
    files: fileIds && fileIds.length > 0 ? fileIds : undefined,
  };
}

/** What any reader would get now, put together from what was asked for and where the database put it. */
function freshMessage(draft: SendDraft, index: number, stored: StoredMessage) {
  const entry = draft.entries[index];
  return {
    id: stored.id,
    seq: stored.seq,
    kind: 'text' as const,
    counts: draft.root === undefined || draft.also === true,
    ordinal: stored.ordinal,
    text: entry?.text ?? null,
    files: stored.files ?? [],
    replyToId: draft.reply ?? null,
    threadRootId: draft.root ?? null,
    bot: null,
    thread: null,
    mentions: stored.mentions ?? [],
    mentionsEveryone: entry?.everyone ?? false,
    reactions: [],
    clientKey: index === 0 ? (draft.key ?? null) : null,
    editedAt: null,
    reactedAt: null,
    deletedAt: null,
    pinnedAt: null,
  };
}

/** The messages of one send have one stamp and neighbouring places, beginning with the one that has the key. */
const OF_SEND = `SELECT ${messagesJson({
  from: `message head JOIN message m ON m.conversation_id = head.conversation_id AND m.created_at = head.created_at
    AND m.seq >= head.seq AND m.seq < head.seq + ${MAX_ENTRIES}`,
  where: 'head.id = $1',
  order: 'm.seq',
})} AS messages`;

async function messagesOfSend(first: number): Promise<Message[]> {
  const rows = await sql<{ messages: Message[] }>('messages.of_send', OF_SEND, [first]);
  return rows[0]?.messages ?? [];
}
