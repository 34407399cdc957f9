import { presentAuditEntry } from '#server/dialects/mikrochat/audit';
import { presentChannel } from '#server/dialects/mikrochat/channels';
import { millisecondsOf, presentMessage } from '#server/dialects/mikrochat/present';
import type { Profile } from '#server/dialects/mikrochat/profile';
import { conversationIdOf, participantsOf } from '#server/dialects/mikrochat/refs';
import { DEFAULT_SERVER_NAME } from '#server/dialects/mikrochat/server-name';
import { presentUser } from '#server/dialects/mikrochat/users';
import { presentWebhook } from '#server/dialects/mikrochat/webhooks';
import type { ExportedConversation, ServerExport } from '#server/domain/export/export-server';
import type { Message } from '#server/domain/messages/message';

/** An export in this API's words, for `jsonStream`: what is long still comes in pages. */
export function presentExport(exported: ServerExport, profile: Profile) {
  return {
    exportedAt: millisecondsOf(exported.exportedAt),
    users: exported.users.map(presentUser),
    channels: exported.channels.map(presentChannel),
    messages: pages(exported.messages, (message) => presentExported(message, profile)),
    conversations: exported.conversations
      .filter(({ accountIds }) => accountIds.length === 2)
      .map(presentConversation),
    serverSettings: { name: exported.serverSettings.name ?? DEFAULT_SERVER_NAME },
    webhooks: exported.webhooks.map(presentWebhook),
    auditLog: pages(exported.auditLog, presentAuditEntry),
  };
}

/** All of them are of channels. */
function presentExported(message: Message, profile: Profile) {
  const { conversationId } = message;
  const place = {
    conversationId,
    channelId: String(conversationId),
    participants: null,
    isPrivate: false,
  };
  return presentMessage(message, place, profile);
}

function presentConversation({ accountIds, createdAt, lastSentAt }: ExportedConversation) {
  return {
    id: conversationIdOf(accountIds),
    participants: participantsOf(accountIds),
    createdAt: millisecondsOf(createdAt),
    ...(lastSentAt !== null && { lastMessageAt: millisecondsOf(lastSentAt) }),
  };
}

async function* pages<Item, Shown>(
  source: AsyncIterable<Item[]>,
  present: (item: Item) => Shown,
): AsyncGenerator<Shown[]> {
  for await (const page of source) yield page.map(present);
}
