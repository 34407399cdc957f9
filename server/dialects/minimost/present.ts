import { z } from '@hono/zod-openapi';
import { ReadyJson } from '#server/dialects/kit/answers';
import { reactionName } from '#server/dialects/minimost/reactions';
import { secondsOf, secondsOrNull } from '#server/dialects/minimost/stamps';
import type { Person } from '#server/domain/kernel/actor';
import type { Message, ReactionView } from '#server/domain/messages/message';

/** Whose name notices go under. */
export const SYSTEM = 'system';

const flag = z.union([z.literal(0), z.literal(1)]);
const seconds = z.number().openapi({ description: 'seconds since the epoch, with microseconds' });

export const MessageJson = z
  .strictObject({
    id: z.int(),
    channel: z.string(),
    sender: z.string().openapi({ description: '`system` for notices' }),
    content: z.string().nullable(),
    filename: z.string().nullable().openapi({ description: 'served at /files/{filename}' }),
    ts: seconds,
    edited: flag,
    edited_ts: seconds.nullable(),
    deleted: flag,
    deleted_ts: seconds.nullable(),
    reply_to_id: z.int().nullable(),
    reactions: z.string().nullable().openapi({ description: 'JSON as a string: {"thumbsup": ["alice"]}' }),
    reactions_ts: seconds.nullable(),
    mentions: z.string().nullable().openapi({ description: 'JSON as a string: ["alice"] or ["@everyone"]' }),
    content_type: z.enum(['text', 'system']),
  })
  .openapi('Message');
export type MessageJson = z.output<typeof MessageJson>;

/** A message in the 14 documented fields, and `content_type`. */
export function presentMessage(message: Message, channel: string): MessageJson {
  return {
    id: message.id,
    channel,
    sender: senderOf(message),
    content: contentOf(message),
    filename: filenameOf(message),
    ts: secondsOf(message.createdAt),
    edited: flagOf(message.editedAt),
    edited_ts: secondsOrNull(message.editedAt),
    deleted: flagOf(message.deletedAt),
    deleted_ts: secondsOrNull(message.deletedAt),
    // a thread reply is a reply to its root where there are no threads
    reply_to_id: message.threadRootId ?? message.replyToId,
    reactions: message.reactions.length > 0 ? JSON.stringify(presentReactions(message.reactions)) : null,
    reactions_ts: secondsOrNull(message.reactedAt),
    mentions: mentionsOf(message),
    content_type: message.kind === 'notice' ? 'system' : 'text',
  };
}

/**
 * Whether something of what this API shows of a message happened after a stamp. It shows no threads and no pins, and
 * repeats nothing for them.
 */
export function isNews({ createdAt, editedAt, reactedAt, deletedAt }: Message, stamp: number): boolean {
  return Math.max(createdAt, editedAt ?? 0, reactedAt ?? 0, deletedAt ?? 0) > stamp;
}

const written = new WeakMap<Message, { channel: string; text: string }>();

/** A JSON array of them. Recent messages are kept in memory and asked for by everybody: each is written out once. */
export function writeMessages(messages: readonly Message[], channel: string): ReadyJson<MessageJson[]> {
  return new ReadyJson(`[${messages.map((message) => writeMessage(message, channel)).join(',')}]`);
}

function writeMessage(message: Message, channel: string): string {
  const known = written.get(message);
  if (known?.channel === channel) return known.text;
  const text = JSON.stringify(presentMessage(message, channel));
  written.set(message, { channel, text });
  return text;
}

/** Booleans are 0 and 1 in this API. */
export function flagOf(stamp: number | null): 0 | 1 {
  return stamp === null ? 0 : 1;
}

export function senderOf(message: Message): string {
  return message.sender?.name ?? message.bot?.name ?? SYSTEM;
}

/**
 * The text, with a line for each file but the first: this API knows one file per message, and other faces may send
 * several in one.
 */
export function contentOf(message: Message): string | null {
  const further = message.files.slice(1).map((file) => `/files/${file.name}`);
  if (further.length === 0) return message.text;
  return [...(message.text === null ? [] : [message.text]), ...further].join('\n');
}

export function filenameOf(message: Message): string | null {
  return message.files[0]?.name ?? null;
}

/** Each reaction's name with who reacted so, ascending by code unit. */
export function presentReactions(reactions: readonly ReactionView[]): Record<string, string[]> {
  const byName = new Map<string, Set<string>>();
  for (const { emoji, people } of reactions) {
    const name = reactionName(emoji);
    const names = byName.get(name) ?? new Set();
    for (const person of people) names.add(person.name);
    byName.set(name, names);
  }
  return Object.fromEntries([...byName].map(([name, names]) => [name, [...names].sort()]));
}

function mentionsOf(message: Message): string | null {
  if (message.mentionsEveryone) return '["@everyone"]';
  return message.mentions.length > 0 ? JSON.stringify(namesOf(message.mentions)) : null;
}

export function namesOf(people: readonly Person[]): string[] {
  return people.map((person) => person.name);
}
