import type { AccountView } from '#server/domain/accounts/account';
import { listAccounts } from '#server/domain/accounts/list-accounts';
import type { ConversationView } from '#server/domain/conversations/conversation';
import { listConversations } from '#server/domain/conversations/find-conversations';
import { avatarLimitBytes, uploadLimitBytes } from '#server/domain/files/file';
import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { listPresence } from '#server/domain/presence/list-presence';
import type { PresenceView } from '#server/domain/presence/presence';
import { serverName } from '#server/domain/server/server-name';
import { type UnreadThread, unreadThreads } from '#server/domain/threads/unread-threads';
import { livePosition } from '#server/live/hub';

export type Bootstrap = {
  me: AccountView & { sessionId: number | null };
  /** null while nobody has named it */
  serverName: string | null;
  conversations: ConversationView[];
  accounts: AccountView[];
  presence: PresenceView[];
  /** of the threads that the account follows */
  unreadThreads: UnreadThread[];
  /** id of the newest event that the rest is known to contain: where the page's stream starts */
  cursor: number;
  limits: {
    uploadBytes: number;
    avatarBytes: number;
  };
};

/** Everything a page shows before its first live delivery. The cursor is taken first: what is read later holds more. */
export async function bootstrap(actor: Actor): Promise<Bootstrap> {
  const cursor = await livePosition();
  const [conversations, accounts, presence, threads, name] = await Promise.all([
    listConversations(actor),
    listAccounts(),
    listPresence(),
    unreadThreads(actor),
    serverName(),
  ]);
  const account = accounts.find(({ id }) => id === actor.accountId);
  refuseUnless(account, 'unauthenticated', 'signed_out');
  return {
    me: { ...account, sessionId: actor.sessionId },
    serverName: name,
    conversations,
    accounts,
    presence,
    unreadThreads: threads,
    cursor,
    limits: { uploadBytes: uploadLimitBytes(), avatarBytes: avatarLimitBytes() },
  };
}
