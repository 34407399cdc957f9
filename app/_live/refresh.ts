import { withRemoval } from '#app/_live/apply-conversations.ts';
import { setStanding, withStaleThread } from '#app/_live/apply-threads.ts';
import type { Backend, Failure } from '#app/_live/backend.ts';
import { byId, type LiveState, withEntry } from '#app/_live/state.ts';
import type { Store } from '#app/_live/store.ts';

type Needs = { store: Store<LiveState>; backend: Backend; failureOf: (error: unknown) => Failure };

/**
 * Asks for what no longer follows from the deliveries: views of conversations that were created or changed, accounts
 * the stream did not describe. What fails stays stale and is asked for again with the next change.
 */
export function createRefresh({ store, backend, failureOf }: Needs) {
  const asking = new Set<number>();
  const askingThreads = new Set<number>();
  let isAskingAccounts = false;

  async function refreshConversation(id: number) {
    asking.add(id);
    const wasKnown = store.get().conversations.has(id);
    // Taken off first: what makes it stale again meanwhile is newer than the answer may be.
    store.update((state) => ({ ...state, stale: without(state.stale, id) }));
    try {
      const view = await backend.findConversation(id);
      store.update((state) => {
        const known = state.conversations.get(id);
        // It was taken away while the answer was on its way.
        if (wasKnown && !known) return state;
        const isOld = known && known.lastSeq > view.lastSeq;
        return isOld
          ? withStale(state, id)
          : { ...state, conversations: withEntry(state.conversations, id, view) };
      });
    } catch (error) {
      asking.delete(id);
      if (failureOf(error).kind === 'refused') store.update((state) => withRemoval(state, id));
      else store.update((state) => withStale(state, id));
      return;
    }
    asking.delete(id);
    if (store.get().stale.has(id)) await refreshConversation(id);
  }

  /** Whether something I follow has news: most of what is heard of is nothing of mine, and then this is remembered. */
  async function refreshThread(rootId: number) {
    askingThreads.add(rootId);
    store.update((state) => ({ ...state, staleThreads: without(state.staleThreads, rootId) }));
    try {
      const { standing } = await backend.findThread(rootId);
      store.update((state) => {
        const isOld = (state.standings.get(rootId)?.lastAt ?? 0) > standing.lastAt;
        return isOld ? withStaleThread(state, rootId) : setStanding(state, standing);
      });
    } catch {
      // It is gone, or will be heard of again.
    }
    askingThreads.delete(rootId);
    if (store.get().staleThreads.has(rootId)) await refreshThread(rootId);
  }

  async function refreshAccounts() {
    isAskingAccounts = true;
    const asked = store.get().staleAccounts;
    try {
      const accounts = byId(await backend.listAccounts());
      store.update((state) => ({
        ...state,
        accounts,
        staleAccounts: new Set([...state.staleAccounts].filter((id) => !asked.has(id))),
      }));
    } catch {
      // Names and colours can wait for the next change.
    } finally {
      isAskingAccounts = false;
    }
  }

  return function refresh(): void {
    const { stale, staleThreads, staleAccounts } = store.get();
    for (const id of stale) {
      if (!asking.has(id)) void refreshConversation(id);
    }
    for (const rootId of staleThreads) {
      if (!askingThreads.has(rootId)) void refreshThread(rootId);
    }
    if (staleAccounts.size > 0 && !isAskingAccounts) void refreshAccounts();
  };
}

function withStale(state: LiveState, id: number): LiveState {
  return { ...state, stale: new Set(state.stale).add(id) };
}

function without<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const copy = new Set(set);
  copy.delete(item);
  return copy;
}
