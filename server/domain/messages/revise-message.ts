import { z } from 'zod';
import { discardStored, forgetFiles } from '#server/domain/files/discard-files';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { resolveMentions } from '#server/domain/mentions/resolve-mentions';
import { rereadMessage } from '#server/domain/messages/find-messages';
import { type LockedMessage, lockMessage, takeStamp } from '#server/domain/messages/lock-message';
import type { Message } from '#server/domain/messages/message';
import { messageText } from '#server/domain/messages/message-text';
import type { Transaction } from '#server/platform/database';

export const ReviseMessage = z.object({
  messageId: Id,
  /** blank: none */
  text: z.string().optional(),
  /** all the files it is to have, in this order; what it has and isn't among them is deleted */
  fileIds: z.array(Id).max(100).optional(),
});
export type ReviseMessage = z.input<typeof ReviseMessage>;

/**
 * Replaces what one's own message says, its files, or both; what is absent stays. Its place, its `createdAt` and what is
 * unread stay.
 *
 * Refuses `invalid/empty` when neither is given or nothing would be left, `too_large/message_too_long`,
 * `not_found/message` for what the actor can't see or is deleted, `forbidden/not_the_sender`, `not_found/file` for a
 * file that is neither on it already nor an upload of the actor's to use here.
 */
export async function reviseMessage(actor: Actor, input: ReviseMessage): Promise<Message> {
  const { messageId, fileIds } = input;
  const text = input.text === undefined ? undefined : messageText(input.text);
  refuseUnless(text !== undefined || fileIds !== undefined, 'invalid', 'empty');

  const discarded = await transaction(async (db) => {
    const { conversation, message } = await lockMessage(db, actor, messageId);
    refuseUnless(message.deletedAt === null, 'not_found', 'message');
    refuseUnless(message.senderId === actor.accountId, 'forbidden', 'not_the_sender');
    const says = text === undefined ? message.text : text;
    refuseUnless(says !== null || (await keepsFiles(db, messageId, fileIds)), 'invalid', 'empty');

    const stamp = await takeStamp(db, conversation);
    const names = fileIds ? await exchangeFiles(db, actor, conversation.id, message, fileIds) : [];
    const mentions = text === undefined ? {} : await resolveMentions(db, conversation.id, text ?? '');
    await db.message.update({
      where: { id: messageId },
      data: { text: says, ...mentions, editedAt: stamp, changedAt: stamp },
      select: { id: true },
    });
    await publish(
      db,
      { conversationId: conversation.id },
      { type: 'message_edited', conversationId: conversation.id, messageId },
    );
    return names;
  });
  await discardStored(discarded);
  return rereadMessage(messageId);
}

async function keepsFiles(db: Transaction, messageId: number, fileIds: readonly number[] | undefined) {
  return fileIds ? fileIds.length > 0 : (await db.file.count({ where: { messageId } })) > 0;
}

/** Returns the names of those that went. */
async function exchangeFiles(
  db: Transaction,
  actor: Actor,
  conversationId: number,
  { id: messageId }: LockedMessage,
  fileIds: readonly number[],
): Promise<string[]> {
  refuseUnless(new Set(fileIds).size === fileIds.length, 'invalid', 'file_repeated');
  const present = await db.file.findMany({ where: { messageId }, select: { id: true } });
  const known = new Set(present.map(({ id }) => Number(id)));
  const added = fileIds.filter((id) => !known.has(id));
  if (added.length > 0) {
    const [answer] = await db.$queryRaw<{ may: boolean }[]>`
      SELECT may_carry(${conversationId}, ${actor.accountId}, ${added}::bigint[]) AS may`;
    refuseUnless(answer?.may, 'not_found', 'file');
  }
  const gone = await forgetFiles(
    db,
    [...known].filter((id) => !fileIds.includes(id)),
  );
  await db.$executeRaw`
    UPDATE file SET message_id = ${messageId}, position = array_position(${fileIds}::bigint[], id)
    WHERE id = ANY(${fileIds}::bigint[])`;
  return gone;
}
