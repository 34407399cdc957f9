import type { Backend } from '#app/_live/backend.ts';
import { trpc } from '#app/_live/client.ts';

/** The server by way of tRPC. */
export const trpcBackend: Backend = {
  bootstrap: () => trpc.session.bootstrap.query(),
  isSignedIn: async () => (await trpc.session.current.query()) !== null,
  subscribe(cursor, { onDelivery, onState, onEnd }) {
    const subscription = trpc.live.events.subscribe(
      { lastEventId: String(cursor) },
      {
        onData: (item) => onDelivery('id' in item && 'data' in item ? item.data : item),
        onConnectionStateChange: ({ state, error }) => {
          if (state === 'pending') onState('open');
          else if (state === 'connecting' && error) onState('connecting');
        },
        onError: onEnd,
        onComplete: onEnd,
      },
    );
    return () => subscription.unsubscribe();
  },
  listMessages: (input) => trpc.messages.page.query(input),
  findMessage: (messageId) => trpc.messages.get.query({ messageId }),
  send: ({ conversationId, text, fileIds, replyToId, threadRootId, alsoInChannel, clientKey }) =>
    trpc.messages.send.mutate({
      conversationId,
      entries: [{ text, fileIds }],
      clientKey,
      ...(replyToId !== null && { replyToId }),
      ...(threadRootId !== null && { threadRootId, alsoInChannel }),
    }),
  editMessage: (messageId, text) => trpc.messages.edit.mutate({ messageId, text }),
  deleteMessage: (messageId) => trpc.messages.delete.mutate({ messageId }),
  setPinned: (messageId, pinned) => trpc.pins.set.mutate({ messageId, pinned }),
  findThread: async (rootId) => {
    const { root, ...standing } = await trpc.threads.get.query({ rootId });
    return { root, standing: { ...standing, lastAt: root.thread?.lastReplyAt ?? 0 } };
  },
  listReplies: (input) => trpc.threads.replies.query(input),
  listThreads: (input) => trpc.threads.list.query(input),
  markThreadRead: async (rootId) => void (await trpc.threads.markRead.mutate({ rootId })),
  followThread: async (rootId, following) => void (await trpc.threads.follow.mutate({ rootId, following })),
  setReaction: (messageId, emoji, on) => trpc.reactions.set.mutate({ messageId, emoji, on }),
  markRead: async (conversationId, seq) => void (await trpc.reads.mark.mutate({ conversationId, seq })),
  markUnread: async (conversationId, seq) =>
    void (await trpc.reads.markUnread.mutate({ conversationId, seq })),
  receipts: (conversationId) => trpc.reads.receipts.query({ conversationId }),
  reportTyping: async (conversationId) => void (await trpc.typing.report.mutate({ conversationId })),
  findConversation: (conversationId) => trpc.conversations.get.query({ conversationId }),
  listAccounts: () => trpc.people.list.query(),
  listPresence: () => trpc.presence.list.query(),
  hideConversation: async (conversationId) => void (await trpc.conversations.hide.mutate({ conversationId })),
  openDirect: (accountIds) => trpc.conversations.openDirect.mutate({ accountIds }),
  createPrivateChannel: async (input) => (await trpc.conversations.createPrivate.mutate(input)).id,
  renameConversation: async (conversationId, name) =>
    void (await trpc.conversations.rename.mutate({ conversationId, name })),
  addMember: async (conversationId, username) =>
    void (await trpc.conversations.addMember.mutate({ conversationId, username })),
  leaveConversation: async (conversationId) =>
    void (await trpc.conversations.leave.mutate({ conversationId })),
};
