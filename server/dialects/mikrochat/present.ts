import { z } from '@hono/zod-openapi';
import { ReadyJson } from '#server/dialects/kit/answers';
import type { Profile } from '#server/dialects/mikrochat/profile';
import type { Place } from '#server/dialects/mikrochat/refs';
import { datedName } from '#server/domain/files/dated-name';
import type { FileView } from '#server/domain/files/file';
import { isImageOfMessage } from '#server/domain/files/media-type';
import { DELETED_NAME, type Person } from '#server/domain/kernel/actor';
import type { Message, Thread } from '#server/domain/messages/message';

const Named = z.object({ id: z.string(), userName: z.string() });
const milliseconds = z.int().openapi({ description: 'epoch milliseconds' });

export const ThreadMetaJson = z.strictObject({
  replyCount: z.int(),
  lastReplyAt: milliseconds,
  lastReplyBy: Named,
  participants: z.array(z.string()),
});
export type ThreadMetaJson = z.output<typeof ThreadMetaJson>;

export const AttachmentJson = z.strictObject({
  filename: z.string(),
  originalName: z.string(),
  contentType: z.string(),
  size: z.int(),
});

export const MessageJson = z
  .strictObject({
    id: z.string(),
    channelId: z.string().openapi({ description: 'of a direct message: its conversation' }),
    author: Named.extend({ isBot: z.literal(true).optional() }),
    content: z.string(),
    images: z.array(z.string()),
    attachments: z.array(AttachmentJson).optional(),
    reactions: z.record(z.string(), z.array(z.string())).openapi({ description: 'emoji → user ids' }),
    createdAt: milliseconds,
    updatedAt: milliseconds.nullable().openapi({ description: 'null until it is edited' }),
    threadId: z.string().optional().openapi({ description: 'of a reply: the message it replies to' }),
    threadMeta: ThreadMetaJson.optional().openapi({ description: 'of messages with replies' }),
    quotedMessageId: z.string().optional(),
    mentions: z.array(z.string()).optional().openapi({ description: 'user ids, `@channel`' }),
    pinnedAt: milliseconds.optional(),
  })
  .openapi('Message');
export type MessageJson = z.output<typeof MessageJson>;

/** A message whole: the client replaces its copy by whatever it gets, and fails on excerpts. */
export function presentMessage(message: Message, place: Place, profile: Profile): MessageJson {
  const images = message.files.filter(isImageOfMessage);
  const others = message.files.filter((file) => !isImageOfMessage(file));
  return {
    id: String(message.id),
    channelId: place.channelId,
    author: authorOf(message),
    content: profile.written(message.text ?? ''),
    images: images.map((file) => datedName(file)),
    reactions: profile.reactions(message.reactions),
    createdAt: millisecondsOf(message.createdAt),
    updatedAt: message.editedAt === null ? null : millisecondsOf(message.editedAt),
    ...(others.length > 0 && { attachments: others.map(presentAttachment) }),
    ...(message.threadRootId !== null && { threadId: String(message.threadRootId) }),
    ...(message.thread && { threadMeta: presentThread(message.thread) }),
    ...(message.replyToId !== null && { quotedMessageId: String(message.replyToId) }),
    ...mentionsOf(message),
    ...(message.pinnedAt !== null && { pinnedAt: millisecondsOf(message.pinnedAt) }),
  };
}

const written = { root: new WeakMap<Message, string>(), compat: new WeakMap<Message, string>() };

/** A message as JSON. Recent ones are kept in memory and asked for by everybody: each is written out once. */
export function writeMessage(message: Message, place: Place, profile: Profile): string {
  const known = written[profile.name].get(message);
  if (known !== undefined) return known;
  const text = JSON.stringify(presentMessage(message, place, profile));
  written[profile.name].set(message, text);
  return text;
}

type Page = ReadyJson<Record<string, MessageJson[]>>;
const pages = {
  root: new WeakMap<readonly Message[], Page>(),
  compat: new WeakMap<readonly Message[], Page>(),
};

/** `{"messages": […]}`, or the same under another name. */
export function writeMessages<Key extends string>(
  key: Key,
  messages: readonly Message[],
  place: Place,
  profile: Profile,
): ReadyJson<Record<Key, MessageJson[]>> {
  // while nothing happens in a conversation, everybody who reads its newest gets the same list
  const known = pages[profile.name].get(messages);
  if (known) return known;
  const rows = messages.map((message) => writeMessage(message, place, profile));
  const page: Page = new ReadyJson(`{"${key}":[${rows.join(',')}]}`);
  pages[profile.name].set(messages, page);
  return page;
}

export function presentThread(thread: Thread): ThreadMetaJson {
  return {
    replyCount: thread.replyCount,
    lastReplyAt: millisecondsOf(thread.lastReplyAt),
    lastReplyBy: presentPerson(thread.lastReplyBy),
    participants: thread.people.map(({ id }) => String(id)),
  };
}

export function presentAttachment(file: FileView): z.output<typeof AttachmentJson> {
  return {
    filename: datedName(file),
    originalName: file.originalName,
    contentType: file.mediaType,
    size: file.size,
  };
}

/** Somebody beside what they wrote, under the name they have now. */
export function presentPerson(person: Person): { id: string; userName: string } {
  return { id: String(person.id), userName: userNameOf(person) };
}

/** Usernames have no spaces, so the name of those who left can be nobody's. */
export function userNameOf({ name, displayName }: Pick<Person, 'name' | 'displayName'>): string {
  return name === DELETED_NAME ? 'Unknown User' : (displayName ?? name);
}

/** Stamps are microseconds, this API's times whole milliseconds. */
export function millisecondsOf(stamp: number): number {
  return Math.floor(stamp / 1000);
}

function authorOf({ sender, bot }: Message): MessageJson['author'] {
  if (bot) return { id: `webhook:${bot.id}`, userName: bot.name, isBot: true };
  // notices have nobody's name and are not shown here
  return sender ? presentPerson(sender) : { id: '0', userName: 'Unknown User' };
}

function mentionsOf({ mentions, mentionsEveryone }: Message): { mentions?: string[] } {
  if (mentionsEveryone) return { mentions: ['@channel'] };
  return mentions.length > 0 ? { mentions: mentions.map(({ id }) => String(id)) } : {};
}
