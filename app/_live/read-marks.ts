import type { Backend } from '#app/_live/backend.ts';
import { type LiveState, withEntry } from '#app/_live/state.ts';
import type { Store } from '#app/_live/store.ts';

/**
 * Marks conversations read: shown at once, told to the server with one request at a time per conversation, the last
 * wish winning.
 */
export function createReadMarks(store: Store<LiveState>, backend: Pick<Backend, 'markRead'>) {
  const wanted = new Map<number, number>();

  async function tell(conversationId: number) {
    for (let told = 0; (wanted.get(conversationId) ?? 0) > told; ) {
      told = wanted.get(conversationId) ?? 0;
      try {
        await backend.markRead(conversationId, told);
      } catch {
        // The next message or the next visit marks it again; a badge is not worth an error.
        break;
      }
    }
    wanted.delete(conversationId);
    store.update((state) => ({ ...state, reading: withEntry(state.reading, conversationId, null) }));
  }

  return function markRead(conversationId: number, seq?: number): void {
    const view = store.get().conversations.get(conversationId);
    if (!view) return;
    const upTo = Math.min(seq ?? view.lastSeq, view.lastSeq);
    if (view.unread === 0 && upTo <= view.readSeq) return;
    if (upTo <= (wanted.get(conversationId) ?? 0)) return;
    const isTelling = wanted.has(conversationId);
    wanted.set(conversationId, upTo);
    const isAll = upTo === view.lastSeq;
    store.update((state) => ({
      ...state,
      reading: withEntry(state.reading, conversationId, upTo),
      conversations: withEntry(state.conversations, conversationId, {
        ...view,
        readSeq: Math.max(upTo, view.readSeq),
        ...(isAll && { unread: 0, mentions: 0 }),
      }),
    }));
    if (!isTelling) void tell(conversationId);
  };
}
