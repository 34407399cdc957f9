import { holdAdministrator } from '#server/domain/accounts/administration';
import { recordAudit } from '#server/domain/audit/record-audit';
import {
  forgetPublicChannels,
  lockPublicChannels,
  readPublicChannels,
} from '#server/domain/channels/public-channels';
import type { Actor } from '#server/domain/kernel/actor';
import { lockConversation } from '#server/domain/kernel/lock';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { forgetWebhooks } from '#server/domain/webhooks/webhook-of-token';
import { now } from '#server/platform/clock';

/**
 * Takes a public channel away from everybody at once, with its webhooks; a job removes what was said in it
 * (`emptyDeletedChannels`). A send that is under way is either in it before, and goes with it, or refused. Refuses
 * `forbidden` `not_an_administrator`, `not_found` `conversation`, `conflict` `default_channel`.
 */
export async function deletePublicChannel(actor: Actor, conversationId: number): Promise<void> {
  await transaction(async (db) => {
    await lockPublicChannels(db);
    await holdAdministrator(db, actor);
    const channel = (await readPublicChannels(db)).find(({ id }) => id === conversationId);
    refuseUnless(channel, 'not_found', 'conversation');
    refuseUnless(!channel.isDefault, 'conflict', 'default_channel');

    const { name } = channel;
    await lockConversation(db, conversationId);
    await db.conversation.update({
      where: { id: conversationId },
      data: { archivedAt: now(), deletedAt: now() },
      select: { id: true },
    });
    await db.webhook.deleteMany({ where: { conversationId } });
    // to everyone, which is who was in it: the members themselves are soon gone from the database
    await publish(db, 'everyone', { type: 'conversation_deleted', conversationId, name });
    await recordAudit(db, actor, {
      action: 'channel.delete',
      targetType: 'channel',
      targetId: conversationId,
      metadata: { name },
    });
  });
  forgetPublicChannels();
  forgetWebhooks();
}
