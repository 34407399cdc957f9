import type { LiveActions } from '#app/_live/actions.ts';
import type { Backend, Failure } from '#app/_live/backend.ts';
import { failureOf } from '#app/_live/client.ts';
import { connect } from '#app/_live/connection.ts';
import { createActions } from '#app/_live/create-actions.ts';
import { createDrafts, type Drafts } from '#app/_live/drafts.ts';
import type { Bootstrap } from '#app/_live/model.ts';
import { createOutbox } from '#app/_live/outbox.ts';
import { createRefresh } from '#app/_live/refresh.ts';
import { type FirstPage, initialState, type LiveState, presenceOf, receiptsOf } from '#app/_live/state.ts';
import { createKeep } from '#app/_live/storage.ts';
import { createStore, type Store } from '#app/_live/store.ts';
import { createThreads } from '#app/_live/threads.ts';
import { createTimelines } from '#app/_live/timelines.ts';
import { trpcBackend } from '#app/_live/trpc-backend.ts';

/** The live connection of one page. */
export type Live = {
  store: Store<LiveState>;
  actions: LiveActions;
  drafts: Drafts;
  /** opens the stream and takes up the outbox; browser only. Returns the end of it. */
  start: () => () => void;
};

/** Where a signed-out page goes; it comes back to where it was after signing in. */
function toLogin(): void {
  const target = `${location.pathname}${location.search}`;
  location.assign(`/login?next=${encodeURIComponent(target)}`);
}

/** Presence and receipts are not replayed: what was signalled before the stream was open is asked for. */
async function refreshSignals(store: Store<LiveState>, backend: Backend): Promise<void> {
  const before = store.get();
  const opened = [...before.receipts.keys()];
  const [presence, ...lists] = await Promise.all([
    backend.listPresence().catch(() => null),
    ...opened.map((id) => backend.receipts(id).catch(() => null)),
  ]);
  store.update((state) => ({
    ...state,
    presence: presence ? withNews(presenceOf(presence), before.presence, state.presence) : state.presence,
    receipts: new Map([
      ...state.receipts,
      ...opened.flatMap((id, index) => {
        const list = lists[index];
        return list ? [[id, receiptsOf(list)] as const] : [];
      }),
    ]),
  }));
}

/** What changed while it was asked for is newer than the answer may be. */
function withNews<K, V>(answer: ReadonlyMap<K, V>, before: ReadonlyMap<K, V>, now: ReadonlyMap<K, V>) {
  return new Map([...answer, ...[...now].filter(([key, value]) => before.get(key) !== value)]);
}

/** Everything but the connection itself, so that a server can render from it. */
export function createLive(
  bootstrap: Bootstrap,
  first?: FirstPage,
  backend: Backend = trpcBackend,
  understand: (error: unknown) => Failure = failureOf,
): Live {
  const store = createStore(initialState(bootstrap, first));
  const keep = createKeep(bootstrap.me.id);
  const endSession = () => store.update((state) => ({ ...state, ended: true }));
  const timelines = createTimelines(store, backend);
  const threads = createThreads({ store, backend, failureOf: understand });
  const refresh = createRefresh({ store, backend, failureOf: understand });
  const outbox = createOutbox({
    store,
    keep,
    send: backend.send,
    failureOf: understand,
    onSignedOut: endSession,
  });

  return {
    store,
    drafts: createDrafts(keep),
    actions: createActions({ store, backend, timelines, threads, outbox }),
    start() {
      outbox.restore();
      const onOpen = () => {
        outbox.wake();
        timelines.retryFailed();
        threads.retryFailed();
        void refreshSignals(store, backend);
      };
      const disconnect = connect({ store, backend, onOpen, onChange: refresh });
      const unwatch = store.subscribe(() => {
        if (store.get().ended) toLogin();
      });
      return () => {
        disconnect();
        unwatch();
      };
    },
  };
}
