import { channelName } from '#server/domain/conversations/channel-name';
import type { Actor } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { transaction } from '#server/domain/kernel/transaction';
import { lockPrivateChannel } from '#server/domain/memberships/lock-private-channel';
import { postNotice } from '#server/domain/messages/post-notice';

/**
 * Gives a private channel another name, which every member may do, and says so there. Refuses as `channelName` and
 * `lockPrivateChannel` do.
 */
export async function renameConversation(
  actor: Actor,
  { conversationId, name: raw }: { conversationId: number; name: string },
): Promise<void> {
  const name = channelName(raw);
  await transaction(async (db) => {
    await lockPrivateChannel(db, actor, conversationId);
    await db.conversation.update({ where: { id: conversationId }, data: { name }, select: { id: true } });
    await publish(db, { conversationId }, { type: 'conversation_changed', conversationId });
    await postNotice(db, conversationId, `${actor.username} has renamed the channel to ${name}`);
  });
}
