import { setStanding, withReply, withThread } from '#app/_live/apply-threads.ts';
import type { Backend, Failure } from '#app/_live/backend.ts';
import type { Thread } from '#app/_live/model.ts';
import { type LiveState, withEntry } from '#app/_live/state.ts';
import type { Store } from '#app/_live/store.ts';
import type { ThreadView } from '#server/domain/threads/list-threads';

const PAGE = 50;
const RETRY_MS = 2_000;
const pause = () => new Promise((resolve) => setTimeout(resolve, RETRY_MS));

const loading: Thread = { status: 'loading', root: null, replies: [], hasOlder: false, loadingOlder: false };

type Needs = { store: Store<LiveState>; backend: Backend; failureOf: (error: unknown) => Failure };

/** Loads threads into the state, and says what I do with them. */
export function createThreads({ store, backend, failureOf }: Needs) {
  const change = (rootId: number, to: (thread: Thread) => Thread) =>
    store.update((state) => withThread(state, rootId, to));

  async function openThread(rootId: number): Promise<void> {
    const known = store.get().threads.get(rootId);
    if (known && known.status !== 'failed') return;
    store.update((state) => ({ ...state, threads: withEntry(state.threads, rootId, loading) }));
    try {
      const [{ root, standing }, replies] = await Promise.all([
        backend.findThread(rootId),
        backend.listReplies({ rootId, limit: PAGE }),
      ]);
      store.update((state) => {
        const hasOlder = replies.length === PAGE;
        const shown = withThread(state, rootId, (thread) =>
          // What was delivered while the page was on its way is laid over it.
          thread.replies.reduce(withReply, { ...loading, status: 'ready', root, replies, hasOlder }),
        );
        const isNewer = (state.standings.get(rootId)?.lastAt ?? 0) > standing.lastAt;
        return isNewer ? shown : setStanding(shown, standing);
      });
    } catch (error) {
      const status = failureOf(error).kind === 'refused' ? 'missing' : 'failed';
      change(rootId, (thread) => ({ ...thread, status }));
    }
  }

  return {
    openThread,

    async loadOlderReplies(rootId: number): Promise<void> {
      const thread = store.get().threads.get(rootId);
      const first = thread?.replies[0];
      if (thread?.status !== 'ready' || !first || !thread.hasOlder || thread.loadingOlder) return;
      change(rootId, (now) => ({ ...now, loadingOlder: true }));
      try {
        const page = await backend.listReplies({ rootId, before: first.id, limit: PAGE });
        change(rootId, (now) => ({
          ...now,
          replies: [...page.filter(({ seq }) => seq < first.seq), ...now.replies],
          hasOlder: page.length === PAGE,
          loadingOlder: false,
        }));
      } catch {
        await pause();
        change(rootId, (now) => ({ ...now, loadingOlder: false }));
      }
    },

    /** What the list says of my standing is taken over where it is news. */
    async listThreads(count: number): Promise<ThreadView[]> {
      const threads: ThreadView[] = [];
      while (threads.length < count) {
        const last = threads.at(-1);
        const limit = Math.min(count - threads.length, PAGE);
        const before = last && { lastReplyAt: last.root.thread?.lastReplyAt ?? 0, rootId: last.rootId };
        const page = await backend.listThreads({ limit, ...(before && { before }) });
        threads.push(...page);
        if (page.length < limit) break;
      }
      store.update((state) => threads.reduce(withStandingOf, state));
      return threads;
    },

    /** the connection is back: what failed without it is asked for again */
    retryFailed(): void {
      for (const [rootId, { status }] of store.get().threads)
        if (status === 'failed') void openThread(rootId);
    },

    /** all of it; shown at once */
    markThreadRead(rootId: number): void {
      const standing = store.get().standings.get(rootId);
      if (!standing || standing.unread === 0) return;
      store.update((state) => setStanding(state, { ...standing, unread: 0 }));
      // A badge is not worth an error: the next look marks it again.
      backend.markThreadRead(rootId).catch(() => {});
    },

    async followThread(rootId: number, following: boolean): Promise<void> {
      await backend.followThread(rootId, following);
      const standing = store.get().standings.get(rootId);
      if (standing) store.update((state) => setStanding(state, { ...standing, following, unread: 0 }));
    },
  };
}

function withStandingOf(state: LiveState, { root, recent: _, ...standing }: ThreadView): LiveState {
  const lastAt = root.thread?.lastReplyAt ?? 0;
  const known = state.standings.get(root.id);
  return known && known.lastAt >= lastAt ? state : setStanding(state, { ...standing, lastAt });
}

export type Threads = ReturnType<typeof createThreads>;
