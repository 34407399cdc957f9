import { processSingleton } from '#server/platform/process-singleton';

/**
 * How the domain tells the live hub "something was committed" without knowing it: the hub registers itself, and
 * coalesces calls. Losing one is harmless, because the hub also polls.
 */
type Waker = { wake: () => void };

const waker = processSingleton<Waker>('kernel.wake', () => ({ wake: () => {} }));
const published = new WeakSet<object>();

export const wakeHub = {
  /** the hub's own registration, once per process */
  register(wake: () => void) {
    waker.wake = wake;
  },
  /** marks a transaction as one that published; `transaction` wakes the hub when it has committed */
  afterCommit(db: object) {
    published.add(db);
  },
  committed(db: object) {
    if (published.has(db)) waker.wake();
  },
  /** for the hot paths that write their events in SQL */
  now() {
    waker.wake();
  },
};
