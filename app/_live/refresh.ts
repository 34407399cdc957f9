import { withRemoval } from '#app/_live/apply-conversations.ts';
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
  let isAskingAccounts = false;

  async function refreshConversation(id: number) {
    try {
      const view = await backend.findConversation(id);
      store.update((state) => {
        const known = state.conversations.get(id);
        // An answer older than what was delivered since: ask once more.
        if (known && known.lastSeq > view.lastSeq) return state;
        return {
          ...state,
          stale: without(state.stale, id),
          conversations: withEntry(state.conversations, id, view),
        };
      });
    } catch (error) {
      if (failureOf(error).kind !== 'refused') return;
      store.update((state) => ({ ...withRemoval(state, id), stale: without(state.stale, id) }));
    } finally {
      asking.delete(id);
    }
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
    const { stale, staleAccounts } = store.get();
    for (const id of stale) {
      if (asking.has(id)) continue;
      asking.add(id);
      void refreshConversation(id);
    }
    if (staleAccounts.size > 0 && !isAskingAccounts) void refreshAccounts();
  };
}

function without<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const copy = new Set(set);
  copy.delete(item);
  return copy;
}
