import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { rereadMessage } from '#server/domain/messages/find-messages';
import { lockMessage, takeStamp } from '#server/domain/messages/lock-message';
import type { Message } from '#server/domain/messages/message';

const MOST = 200;

export const SetPinned = z.object({ messageId: Id, pinned: z.boolean() });
export type SetPinned = z.input<typeof SetPinned>;

/**
 * Pins a live message in its conversation or takes the pin out, which every member may do; nothing happens when it is so
 * already. Refuses `not_found/message`, `invalid/notice` for Parley's own lines, `conflict/too_many_pins` at 200.
 */
export async function setPinned(actor: Actor, { messageId, pinned }: SetPinned): Promise<Message> {
  await transaction(async (db) => {
    const { conversation, message } = await lockMessage(db, actor, messageId);
    refuseUnless(message.deletedAt === null, 'not_found', 'message');
    refuseUnless(message.kind === 'text', 'invalid', 'notice');
    if ((message.pinnedAt !== null) === pinned) return;
    const conversationId = conversation.id;
    const others = pinned
      ? await db.message.count({ where: { conversationId, pinnedAt: { not: null } } })
      : 0;
    refuseUnless(others < MOST, 'conflict', 'too_many_pins', { limit: MOST });

    const stamp = await takeStamp(db, conversation);
    await db.message.update({
      where: { id: messageId },
      data: { pinnedAt: pinned ? stamp : null, changedAt: stamp },
      select: { id: true },
    });
    await publish(db, { conversationId }, { type: 'message_pinned', conversationId, messageId, pinned });
  });
  return rereadMessage(messageId);
}
