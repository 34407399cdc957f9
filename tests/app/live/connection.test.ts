import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Backend, StreamHandlers } from '#app/_live/backend.ts';
import { connect } from '#app/_live/connection.ts';
import type { Bootstrap } from '#app/_live/model.ts';
import { initialState } from '#app/_live/state.ts';
import { createStore } from '#app/_live/store.ts';
import { bootstrap, conversation, message, messages, sent } from '#tests/app/live/samples';

/** A server whose streams the test holds in its hands. */
function setUp() {
  const page = { messages: messages(1, 2), hasOlder: false, hasNewer: false };
  const first = bootstrap({ conversations: [conversation({ lastSeq: 2, readSeq: 2 })], cursor: 5 });
  const store = createStore(initialState(first, { conversationId: 7, page }));
  const streams: { cursor: number; handlers: StreamHandlers; isOpen: boolean }[] = [];
  const server = { isSignedIn: true, fresh: bootstrap({ cursor: 40 }) };
  const backend = {
    subscribe(cursor: number, handlers: StreamHandlers) {
      const stream = { cursor, handlers, isOpen: true };
      streams.push(stream);
      return () => {
        stream.isOpen = false;
      };
    },
    isSignedIn: async () => server.isSignedIn,
    bootstrap: async (): Promise<Bootstrap> => server.fresh,
  } as unknown as Backend;
  const onOpen = vi.fn();
  const stop = connect({ store, backend, onOpen, onChange: () => {} });
  const stream = () => streams.at(-1) as (typeof streams)[number];
  return { store, streams, server, stream, stop, onOpen };
}

beforeEach(() => {
  vi.useFakeTimers();
  const target = new EventTarget();
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  vi.stubGlobal('navigator', { onLine: true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the live connection', () => {
  test('starts after what the page already has, and resumes after what it applied', async () => {
    const { stream, streams, stop } = setUp();
    expect(stream().cursor).toBe(5);
    stream().handlers.onState('open');
    stream().handlers.onDelivery(sent(9, message(3)));
    stream().handlers.onEnd();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(streams).toHaveLength(2);
    expect(stream().cursor).toBe(9);
    expect(streams[0]?.isOpen).toBe(false);
    stop();
  });

  test('shows a burst in one step', async () => {
    const { store, stream, stop } = setUp();
    let steps = 0;
    store.subscribe(() => steps++);
    for (let seq = 3; seq <= 50; seq++) stream().handlers.onDelivery(sent(seq + 10, message(seq)));
    await vi.advanceTimersByTimeAsync(50);
    expect(store.get().timelines.get(7)?.messages).toHaveLength(50);
    expect(steps).toBeLessThanOrEqual(2);
    stop();
  });

  test('says that it reconnects, and once it has', async () => {
    const { store, stream, stop, onOpen } = setUp();
    stream().handlers.onState('open');
    stream().handlers.onEnd();
    expect(store.get().connection).toBe('reconnecting');
    await vi.advanceTimersByTimeAsync(1_000);
    stream().handlers.onState('open');
    expect(store.get().connection).toBe('online');
    expect(onOpen).toHaveBeenCalledTimes(2);
    stop();
  });

  test('an old stream that still speaks is not listened to', async () => {
    const { store, streams, stream, stop } = setUp();
    stream().handlers.onEnd();
    await vi.advanceTimersByTimeAsync(1_000);
    streams[0]?.handlers.onDelivery(sent(9, message(3)));
    await vi.advanceTimersByTimeAsync(50);
    expect(store.get().cursor).toBe(5);
    stop();
  });

  test('a reset loads everything anew and drops what may have changed unseen', async () => {
    const { store, stream, stop } = setUp();
    stream().handlers.onDelivery({ kind: 'reset' });
    await vi.advanceTimersByTimeAsync(50);
    expect(store.get().cursor).toBe(40);
    expect(store.get().timelines.size).toBe(0);
    expect(stream().cursor).toBe(40);
    stop();
  });

  test('a session that is over ends it for good', async () => {
    const { store, server, streams, stream, stop } = setUp();
    server.isSignedIn = false;
    stream().handlers.onEnd();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(store.get().ended).toBe(true);
    expect(streams).toHaveLength(1);
    stop();
  });
});
