import { holdAdministrator } from '#server/domain/accounts/administration';
import { type DirectoryEntry, listDirectory } from '#server/domain/accounts/list-directory';
import type { AuditEntry } from '#server/domain/audit/audit';
import { unscopedAudit } from '#server/domain/audit/list-audit';
import { recordAudit } from '#server/domain/audit/record-audit';
import type { ChannelView } from '#server/domain/channels/channel';
import { unscopedChannels } from '#server/domain/channels/public-channels';
import { listConversations } from '#server/domain/conversations/find-conversations';
import { exportedMessages } from '#server/domain/export/exported-messages';
import type { Actor } from '#server/domain/kernel/actor';
import { transaction } from '#server/domain/kernel/transaction';
import type { Message } from '#server/domain/messages/message';
import { serverName } from '#server/domain/server/server-name';
import { listWebhooks } from '#server/domain/webhooks/list-webhooks';
import type { WebhookView } from '#server/domain/webhooks/webhook';
import { now } from '#server/platform/clock';

/** That the administrator talks with somebody directly, and no word of it. Stamps. */
export type ExportedConversation = {
  id: number;
  accountIds: number[];
  createdAt: number;
  /** null while nothing was said */
  lastSentAt: number | null;
};

export type ServerExport = {
  /** stamp */
  exportedAt: number;
  users: DirectoryEntry[];
  channels: ChannelView[];
  /** live messages of those channels, in the order they were written, in pages to be read once */
  messages: AsyncIterable<Message[]>;
  conversations: ExportedConversation[];
  serverSettings: { name: string | null };
  webhooks: WebhookView[];
  /** oldest first, likewise */
  auditLog: AsyncIterable<AuditEntry[]>;
};

const AUDIT_PAGE = 500;

/**
 * What an administrator may take away of the server: no more than they may read themselves, so no private channel
 * they are not in; no words of direct conversations, theirs neither; no secrets. What is long comes page by page, as
 * it is when it is read. Refuses `forbidden` `not_an_administrator`.
 */
export async function exportServer(actor: Actor): Promise<ServerExport> {
  await transaction(async (db) => {
    await holdAdministrator(db, actor);
    await recordAudit(db, actor, { action: 'server.export', targetType: 'server' });
  });
  const [users, places, name, webhooks] = await Promise.all([
    listDirectory(actor),
    listConversations(actor),
    serverName(),
    listWebhooks(actor),
  ]);
  const inOrder = places.filter(({ kind }) => kind === 'channel').map(({ id }) => id);
  const channels = await unscopedChannels(inOrder);
  return {
    exportedAt: now(),
    users,
    channels: channels.sort((a, b) => inOrder.indexOf(a.id) - inOrder.indexOf(b.id)),
    messages: exportedMessages(actor),
    conversations: places
      .filter(({ kind }) => kind === 'direct')
      .map(({ id, people, createdAt, lastSentAt }) => ({
        id,
        accountIds: people.map((person) => person.id),
        createdAt,
        lastSentAt: lastSentAt || null,
      })),
    serverSettings: { name },
    webhooks,
    auditLog: unscopedAudit(AUDIT_PAGE),
  };
}
