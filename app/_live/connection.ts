import { applyDelivery } from '#app/_live/apply-delivery.ts';
import { withoutStaleTyping } from '#app/_live/apply-signal.ts';
import type { Backend } from '#app/_live/backend.ts';
import type { Delivery } from '#app/_live/delivery.ts';
import type { Connection } from '#app/_live/model.ts';
import { type LiveState, resetState } from '#app/_live/state.ts';
import type { Store } from '#app/_live/store.ts';

const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000];
/** Deliveries that arrive within one frame are shown together: catching up on a night must not draw a thousand times. */
const FRAME_MS = 16;
const TYPING_CHECK_MS = 1_000;

type Needs = {
  store: Store<LiveState>;
  backend: Backend;
  /** the stream is open, for the first time or again */
  onOpen: () => void;
  /** after every change that deliveries made */
  onChange: () => void;
};

/**
 * Keeps the state true by one stream of deliveries that starts where the state stands. However the stream ends, the
 * next one starts after the newest event applied, so nothing is missed and nothing counts twice. Returns the end of
 * it.
 */
export function connect({ store, backend, onOpen, onChange }: Needs): () => void {
  let stopStream = () => {};
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let flushTimer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  /** which stream is the current one: an old one may still say goodbye */
  let generation = 0;
  let queue: Delivery[] = [];
  let lastFlush = 0;

  const show = (connection: Connection) =>
    store.update((state) => (state.connection === connection ? state : { ...state, connection }));

  const flush = () => {
    clearTimeout(flushTimer);
    flushTimer = undefined;
    lastFlush = Date.now();
    const deliveries = queue;
    queue = [];
    store.update((state) =>
      deliveries.reduce((result, delivery) => applyDelivery(result, delivery, lastFlush), state),
    );
    onChange();
  };

  const receive = (delivery: Delivery) => {
    if (delivery.kind === 'reset') return void reload();
    queue.push(delivery);
    if (flushTimer) return;
    if (Date.now() - lastFlush > FRAME_MS) flush();
    else flushTimer = setTimeout(flush, FRAME_MS);
  };

  const opened = () => {
    attempt = 0;
    show('online');
    onOpen();
  };

  const lost = () => show(navigator.onLine ? 'reconnecting' : 'offline');

  function start() {
    stop();
    if (store.get().ended) return;
    flush();
    const mine = generation;
    const ifCurrent =
      <T extends unknown[]>(handler: (...args: T) => void) =>
      (...args: T) => {
        if (mine === generation) handler(...args);
      };
    stopStream = backend.subscribe(store.get().cursor, {
      onDelivery: ifCurrent(receive),
      onState: ifCurrent((state) => (state === 'open' ? opened() : lost())),
      onEnd: ifCurrent(retry),
    });
  }

  function stop() {
    generation++;
    clearTimeout(retryTimer);
    stopStream();
    stopStream = () => {};
  }

  /** A refused stream cannot say why, so before opening another we ask whether there still is a session. */
  function retry() {
    stop();
    lost();
    const mine = generation;
    const pause = RETRY_MS[Math.min(attempt++, RETRY_MS.length - 1)];
    retryTimer = setTimeout(async () => {
      const signedIn = await backend.isSignedIn().catch(() => null);
      if (mine !== generation) return;
      if (signedIn === null) return retry();
      if (signedIn) return start();
      store.update((state) => ({ ...state, ended: true }));
      onChange();
    }, pause);
  }

  async function reload() {
    stop();
    queue = [];
    const mine = generation;
    try {
      const bootstrap = await backend.bootstrap();
      if (mine !== generation) return;
      store.update((state) => resetState(state, bootstrap));
      onChange();
      start();
    } catch {
      if (mine === generation) retry();
    }
  }

  const goOffline = () => show('offline');
  const seen = () => {
    if (document.visibilityState === 'visible' && store.get().connection !== 'online') start();
  };
  addEventListener('online', start);
  addEventListener('offline', goOffline);
  document.addEventListener('visibilitychange', seen);
  const typingTimer = setInterval(
    () => store.update((state) => withoutStaleTyping(state, Date.now())),
    TYPING_CHECK_MS,
  );
  start();

  return () => {
    stop();
    clearTimeout(flushTimer);
    clearInterval(typingTimer);
    removeEventListener('online', start);
    removeEventListener('offline', goOffline);
    document.removeEventListener('visibilitychange', seen);
  };
}
