import { withoutShown } from '#app/_live/apply-outbox.ts';
import type { Backend } from '#app/_live/backend.ts';
import type { Timeline } from '#app/_live/model.ts';
import { type LiveState, receiptsOf, withEntry } from '#app/_live/state.ts';
import type { Store } from '#app/_live/store.ts';
import {
  findById,
  findBySeq,
  loadingTimeline,
  opened,
  type Page,
  withNewer,
  withOlder,
} from '#app/_live/timeline-window.ts';

const PAGE = 50;

/** Whoever scrolls asks again at once: without a pause, a server that is away would be asked without end. */
const RETRY_MS = 2_000;
const pause = () => new Promise((resolve) => setTimeout(resolve, RETRY_MS));

/** A place in a conversation: a message, or the number it has there. */
export type Around = { messageId: number } | { seq: number };

function holds({ status, messages }: Timeline, around: Around): boolean {
  if (status !== 'ready') return false;
  if ('messageId' in around) return findById(messages, around.messageId) !== null;
  const first = messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  return first <= around.seq && around.seq <= (messages.at(-1)?.seq ?? 0);
}

/** Loads pieces of conversations into the state. */
export function createTimelines(store: Store<LiveState>, backend: Backend) {
  /** the newest load of each conversation: an older one that answers late is ignored */
  const loads = new Map<number, symbol>();
  /** conversations whose newest page could not be had */
  const failed = new Set<number>();

  const change = (id: number, to: (timeline: Timeline) => Timeline) =>
    store.update((state) => {
      const timeline = state.timelines.get(id);
      if (!timeline) return state;
      return withoutShown({ ...state, timelines: withEntry(state.timelines, id, to(timeline)) });
    });

  /** Something was sent after the page was read: the end of the page is not the end of the conversation. */
  const withUnseenTail = (id: number, timeline: Timeline): Timeline => {
    const newest = timeline.messages.at(-1)?.seq;
    const lastSeq = store.get().conversations.get(id)?.lastSeq ?? 0;
    return newest && newest < lastSeq ? { ...timeline, hasNewer: true } : timeline;
  };

  async function loadFirst(id: number, ask: () => Promise<Page>): Promise<void> {
    const load = Symbol('load');
    loads.set(id, load);
    const settle = (to: (timeline: Timeline) => Timeline) => {
      if (loads.get(id) === load) change(id, to);
    };
    store.update((state) => {
      const epoch = (state.timelines.get(id)?.epoch ?? 0) + 1;
      return { ...state, timelines: withEntry(state.timelines, id, { ...loadingTimeline, epoch }) };
    });
    try {
      const page = await ask();
      settle((timeline) => withUnseenTail(id, opened(timeline, page)));
    } catch {
      settle(({ epoch }) => ({ ...loadingTimeline, epoch, status: 'failed' }));
    }
  }

  const latest = (id: number) =>
    loadFirst(id, async () => {
      failed.add(id);
      const page = await backend.listMessages({ conversationId: id, limit: PAGE });
      failed.delete(id);
      return page;
    });

  async function loadReceipts(id: number) {
    const list = await backend.receipts(id).catch(() => null);
    if (!list) return;
    store.update((state) => ({ ...state, receipts: withEntry(state.receipts, id, receiptsOf(list)) }));
  }

  return {
    async openTimeline(id: number, around?: Around): Promise<void> {
      const timeline = store.get().timelines.get(id);
      if (!store.get().receipts.has(id)) void loadReceipts(id);
      const isUsable = timeline && timeline.status !== 'failed';
      if (!around) {
        if (!isUsable || timeline.hasNewer) await latest(id);
        return;
      }
      if (timeline && holds(timeline, around)) return;
      await loadFirst(id, async () => {
        const seq = 'seq' in around ? around.seq : (await backend.findMessage(around.messageId)).seq;
        return backend.listMessages({ conversationId: id, around: seq, limit: PAGE });
      });
    },

    async loadOlder(id: number): Promise<void> {
      const timeline = store.get().timelines.get(id);
      const first = timeline?.messages[0];
      if (timeline?.status !== 'ready' || !first || !timeline.hasOlder || timeline.loadingOlder) return;
      change(id, (now) => ({ ...now, loadingOlder: true }));
      try {
        const page = await backend.listMessages({ conversationId: id, before: first.seq, limit: PAGE });
        // The timeline may have been opened elsewhere meanwhile: then the page fits nothing.
        change(id, (now) => (now.messages[0]?.seq === first.seq ? withOlder(now, page) : now));
      } catch {
        await pause();
        change(id, (now) => ({ ...now, loadingOlder: false }));
      }
    },

    async loadNewer(id: number): Promise<void> {
      const timeline = store.get().timelines.get(id);
      if (timeline?.status !== 'ready' || !timeline.hasNewer || timeline.loadingNewer) return;
      const last = timeline.messages.at(-1)?.seq ?? 0;
      change(id, (now) => ({ ...now, loadingNewer: true }));
      try {
        const page = await backend.listMessages({ conversationId: id, after: last, limit: PAGE });
        change(id, (now) => {
          if (last > 0 && !findBySeq(now.messages, last)) return now;
          const next = withNewer(now, page);
          return page.messages.length > 0 ? withUnseenTail(id, next) : next;
        });
      } catch {
        await pause();
        change(id, (now) => ({ ...now, loadingNewer: false }));
      }
    },

    /** the connection is back: what failed without it is asked for again */
    retryFailed(): void {
      for (const id of failed) if (store.get().timelines.get(id)?.status === 'failed') void latest(id);
    },

    async showLatest(id: number): Promise<void> {
      if (store.get().timelines.get(id)?.hasNewer) await latest(id);
    },
  };
}

export type Timelines = ReturnType<typeof createTimelines>;
