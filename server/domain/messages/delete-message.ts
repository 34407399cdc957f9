import { z } from 'zod';
import { discardStored } from '#server/domain/files/discard-files';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { rereadMessage } from '#server/domain/messages/find-messages';
import { lockMessage } from '#server/domain/messages/lock-message';
import type { Message } from '#server/domain/messages/message';
import { mayRemove } from '#server/domain/messages/policy';
import { takeBack } from '#server/domain/messages/take-back';

export const DeleteMessage = z.object({ messageId: Id });
export type DeleteMessage = z.input<typeof DeleteMessage>;

/**
 * Takes back one's own message, and with it the thread that begins there: its place stays, its text, files, mentions
 * and reactions are gone for everybody. Deleting it again only refreshes `deletedAt`. Refuses `not_found/message`,
 * `forbidden/not_the_sender`.
 */
export async function deleteMessage(actor: Actor, { messageId }: DeleteMessage): Promise<Message> {
  const files = await transaction(async (db) => {
    const { conversation, message } = await lockMessage(db, actor, messageId);
    refuseUnless(message.senderId === actor.accountId, 'forbidden', 'not_the_sender');
    return takeBack(db, conversation, [message]);
  });
  await discardStored(files);
  return rereadMessage(messageId);
}

/**
 * The same for those who keep order as well: administrators may remove what others, bots and Parley itself wrote in
 * channels, but nothing in direct conversations. Refuses `not_found/message`, also for what is deleted already, and
 * `forbidden/not_the_sender`.
 */
export async function removeMessage(actor: Actor, { messageId }: DeleteMessage): Promise<Message> {
  const files = await transaction(async (db) => {
    const { conversation, message } = await lockMessage(db, actor, messageId);
    refuseUnless(message.deletedAt === null, 'not_found', 'message');
    refuseUnless(mayRemove(actor, conversation, message), 'forbidden', 'not_the_sender');
    return takeBack(db, conversation, [message]);
  });
  await discardStored(files);
  return rereadMessage(messageId);
}
