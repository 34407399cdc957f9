// What `sendMessage` does, said once more in plain Prisma: slow, one send at a time, and easy to believe. The
// function of the hot path has to agree with it.
import { type Actor, DELETED_NAME, type Person } from '#server/domain/kernel/actor';
import { lockConversation, nextStamp } from '#server/domain/kernel/lock';
import { publish } from '#server/domain/kernel/publish';
import { refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { EVERYONE, extractMentions } from '#server/domain/mentions/extract-mentions';
import type { Message, Thread } from '#server/domain/messages/message';
import { messageText } from '#server/domain/messages/message-text';
import type { SendMessage } from '#server/domain/messages/send-message';
import { type Prisma, plain, type Transaction } from '#server/platform/database';

const everything = {
  sender: true,
  files: { orderBy: [{ position: 'asc' }, { id: 'asc' }] },
} satisfies Prisma.MessageInclude;

export async function sendByPrisma(db: Transaction, actor: Actor, input: SendMessage): Promise<Message[]> {
  const entries = input.entries
    .map(({ text, fileIds = [] }) => ({ text: messageText(text), fileIds }))
    .filter(({ text, fileIds }) => text !== null || fileIds.length > 0);
  refuseUnless(entries.length > 0, 'invalid', 'empty');
  const fileIds = entries.flatMap((entry) => entry.fileIds);
  refuseUnless(new Set(fileIds).size === fileIds.length, 'invalid', 'file_repeated');

  const place = await lockConversation(db, input.conversationId);
  const repeated = input.clientKey && (await earlierSend(db, actor, input.clientKey));
  if (repeated) return repeated;
  await mayPost(db, actor, place, input.conversationId);
  if (!place) return refuse('not_found', 'conversation');
  if (input.threadRootId) await mayReplyTo(db, input.conversationId, input.threadRootId);
  const free = await db.file.count({
    where: { id: { in: fileIds }, uploaderId: actor.accountId, messageId: null },
  });
  refuseUnless(free === fileIds.length, 'not_found', 'file');

  const stamp = nextStamp(place);
  const counts = !input.threadRootId || input.alsoInChannel === true;
  const ids: number[] = [];
  for (const [index, entry] of entries.entries()) {
    const seq = place.lastSeq + index + 1;
    const ordinal = place.lastOrdinal + (counts ? index + 1 : 0);
    const { id } = await db.message.create({
      data: {
        conversationId: place.id,
        seq,
        ordinal,
        counts,
        senderId: actor.accountId,
        text: entry.text,
        replyToId: input.replyToId ?? null,
        threadRootId: input.threadRootId ?? null,
        ...(await mentionsOf(db, place.id, entry.text ?? '')),
        clientKey: index === 0 ? (input.clientKey ?? null) : null,
        createdAt: stamp,
        changedAt: stamp,
      },
    });
    ids.push(Number(id));
    for (const [position, file] of entry.fileIds.entries()) {
      await db.file.update({ where: { id: file }, data: { messageId: id, position: position + 1 } });
    }
  }

  if (input.threadRootId) await grow(db, actor, input.threadRootId, ids);
  const lastSeq = place.lastSeq + entries.length;
  const lastOrdinal = place.lastOrdinal + (counts ? entries.length : 0);
  await db.conversation.update({
    where: { id: place.id },
    data: { lastSeq, lastOrdinal, lastStamp: stamp, lastSentAt: stamp },
  });
  await db.membership.updateMany({ where: { conversationId: place.id }, data: { hiddenAt: null } });
  if (counts) {
    await db.membership.update({
      where: { conversationId_accountId: { conversationId: place.id, accountId: actor.accountId } },
      data: { readSeq: lastSeq, readOrdinal: lastOrdinal, readStamp: stamp, ownUnread: 0 },
    });
  }
  await publish(
    db,
    { conversationId: place.id },
    { type: 'message_sent', conversationId: place.id, messageIds: ids },
  );
  return messagesByPrisma(db, { id: { in: ids } });
}

async function earlierSend(db: Transaction, actor: Actor, clientKey: string): Promise<Message[] | null> {
  const first = await db.message.findFirst({ where: { senderId: actor.accountId, clientKey } });
  return first && messagesByPrisma(db, { conversationId: first.conversationId, createdAt: first.createdAt });
}

async function mayPost(
  db: Transaction,
  actor: Actor,
  place: Awaited<ReturnType<typeof lockConversation>>,
  conversationId: number,
): Promise<void> {
  const member = await db.membership.findFirst({
    where: { conversationId, accountId: actor.accountId, account: { deletedAt: null } },
    include: { account: true },
  });
  refuseUnless(member && place?.archivedAt === null, 'not_found', 'conversation');
  const isAdmin = member.role !== 'member' || member.account.role !== 'member';
  refuseUnless(!place.adminsOnly || isAdmin, 'forbidden', 'admins_only');
}

async function mayReplyTo(db: Transaction, conversationId: number, rootId: number): Promise<void> {
  const root = await db.message.findFirst({
    where: { id: rootId, conversationId, deletedAt: null, kind: 'text' },
    include: { conversation: true },
  });
  refuseUnless(root, 'not_found', 'thread_root');
  const mayBegin = root.threadRootId === null && root.conversation.kind === 'channel';
  refuseUnless(mayBegin, 'invalid', 'no_thread_here');
}

async function grow(db: Transaction, actor: Actor, rootId: number, ids: readonly number[]): Promise<void> {
  const root = plain(await db.message.findUniqueOrThrow({ where: { id: rootId } }));
  const last = plain(await db.message.findUniqueOrThrow({ where: { id: ids.at(-1) as number } }));
  await db.message.update({
    where: { id: rootId },
    data: {
      threadCount: root.threadCount + ids.length,
      threadLastSeq: last.seq,
      threadLastAt: last.createdAt,
      threadLastById: actor.accountId,
      threadPeople: [...new Set([...root.threadPeople, actor.accountId])],
      changedAt: last.createdAt,
    },
  });
}

type ThreadRow = {
  threadCount: number;
  threadLastAt: number | null;
  threadLastById: number | null;
  threadPeople: number[];
};

function threadOf(row: ThreadRow, people: ReadonlyMap<number, Person>): Thread | null {
  if (row.threadCount === 0) return null;
  return {
    replyCount: row.threadCount,
    lastReplyAt: row.threadLastAt as number,
    lastReplyBy: people.get(row.threadLastById as number) as Person,
    people: row.threadPeople.map((id) => people.get(id) as Person),
  };
}

async function mentionsOf(db: Transaction, conversationId: number, text: string) {
  const names = extractMentions(text);
  if (names.includes(EVERYONE)) return { mentions: [], mentionsEveryone: true };
  const members = await db.membership.findMany({ where: { conversationId }, include: { account: true } });
  const named = members
    .filter(({ account }) => account.username && names.includes(account.username.toLowerCase()))
    .sort((a, b) => ((a.account.username ?? '') < (b.account.username ?? '') ? -1 : 1));
  return { mentions: named.map(({ accountId }) => accountId), mentionsEveryone: false };
}

/** Messages without reactions, as their readers see them. */
export async function messagesByPrisma(db: Transaction, where: Prisma.MessageWhereInput): Promise<Message[]> {
  const rows = plain(await db.message.findMany({ where, include: everything, orderBy: { seq: 'asc' } }));
  const people = new Map(
    plain(await db.account.findMany()).map(({ id, username, displayName }) => [
      id,
      { id, name: username ?? DELETED_NAME, displayName },
    ]),
  );
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversationId,
    seq: row.seq,
    kind: row.kind,
    counts: row.counts,
    ordinal: row.ordinal,
    sender: row.senderId === null ? null : (people.get(row.senderId) as Person),
    text: row.text,
    files: row.files.map(({ id, name, originalName, mediaType, size, width, height, createdAt }) => ({
      id,
      name,
      originalName,
      mediaType,
      size,
      width,
      height,
      createdAt,
    })),
    replyToId: row.replyToId,
    bot: null,
    threadRootId: row.threadRootId,
    thread: threadOf(row, people),
    mentions: row.mentions.map((id) => people.get(id) as Person),
    mentionsEveryone: row.mentionsEveryone,
    reactions: [],
    clientKey: row.clientKey,
    createdAt: row.createdAt,
    editedAt: row.editedAt,
    reactedAt: row.reactedAt,
    deletedAt: row.deletedAt,
    pinnedAt: row.pinnedAt,
    changedAt: row.changedAt,
  }));
}
