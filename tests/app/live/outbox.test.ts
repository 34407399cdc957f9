import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Failure, SendMessage } from '#app/_live/backend.ts';
import type { Message } from '#app/_live/model.ts';
import { createOutbox } from '#app/_live/outbox.ts';
import { initialState } from '#app/_live/state.ts';
import type { Keep } from '#app/_live/storage.ts';
import { createStore } from '#app/_live/store.ts';
import { alice, bootstrap, message } from '#tests/app/live/samples';

class Answer extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}

const offline = () => new Answer({ kind: 'passing' });
const refusal = () => new Answer({ kind: 'refused', reason: 'empty' });

function memory(): Keep & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    read: (key) => JSON.parse(entries.get(key) ?? 'null'),
    write: (key, value) =>
      void (value === null ? entries.delete(key) : entries.set(key, JSON.stringify(value))),
    keys: () => [...entries.keys()],
  };
}

const outsideOfThreads = { replyToId: null, threadRootId: null, alsoInChannel: false };

function setUp(keep = memory()) {
  const page = { messages: [], hasOlder: false, hasNewer: false };
  const store = createStore(initialState(bootstrap(), { conversationId: 7, page }));
  const posts: SendMessage[] = [];
  const failures: Answer[] = [];
  /** how many messages the conversation has */
  const stored = { count: 0 };
  const send = async (input: SendMessage): Promise<Message[]> => {
    posts.push(input);
    const failure = failures.shift();
    if (failure) throw failure;
    stored.count++;
    return [message(stored.count, { text: input.text, clientKey: input.clientKey, sender: alice })];
  };
  const outbox = createOutbox({
    store,
    keep,
    send,
    failureOf: (error) => (error as Answer).failure,
    onSignedOut: () => {},
  });
  const write = (clientKey: string, text = clientKey) =>
    outbox.add({
      clientKey,
      conversationId: 7,
      text,
      files: [],
      ...outsideOfThreads,
      writtenAt: posts.length,
    });
  const states = () => store.get().outbox.map(({ clientKey, state }) => [clientKey, state]);
  return { store, keep, posts, stored, failures, outbox, write, states };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the outbox', () => {
  test('sends one request per message and lets the answer take its place', async () => {
    const { store, write, posts, states, keep } = setUp();
    write('a');
    expect(states()).toEqual([['a', 'sending']]);
    await vi.runAllTimersAsync();
    expect(posts.map(({ clientKey }) => clientKey)).toEqual(['a']);
    expect(states()).toEqual([]);
    expect(
      store
        .get()
        .timelines.get(7)
        ?.messages.map(({ text }) => text),
    ).toEqual(['a']);
    expect(keep.entries.size).toBe(0);
  });

  test('repeats under the same key until somebody answers, and keeps the order', async () => {
    const { write, posts, failures, states } = setUp();
    failures.push(offline(), offline());
    write('a');
    write('b');
    await vi.advanceTimersByTimeAsync(0);
    expect(states()).toEqual([
      ['a', 'waiting'],
      ['b', 'waiting'],
    ]);
    await vi.runAllTimersAsync();
    expect(posts.map(({ clientKey }) => clientKey)).toEqual(['a', 'a', 'a', 'b']);
  });

  test('tries at once when the connection is back', async () => {
    const { write, posts, failures, outbox } = setUp();
    failures.push(offline());
    write('a');
    await vi.advanceTimersByTimeAsync(0);
    outbox.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(posts).toHaveLength(2);
  });

  test('keeps what was refused, with the reason, and lets the next ones pass', async () => {
    const { store, write, posts, failures, states, outbox } = setUp();
    failures.push(refusal());
    write('a');
    write('b');
    await vi.runAllTimersAsync();
    expect(states()).toEqual([['a', 'refused']]);
    expect(store.get().outbox[0]?.problem).toBe('empty');
    outbox.retry('a');
    await vi.runAllTimersAsync();
    expect(posts.map(({ clientKey }) => clientKey)).toEqual(['a', 'b', 'a']);
    expect(states()).toEqual([]);
  });

  test('forgets what was discarded', async () => {
    const { write, failures, states, outbox, keep } = setUp();
    failures.push(refusal());
    write('a');
    await vi.runAllTimersAsync();
    outbox.discard('a');
    expect(states()).toEqual([]);
    expect(keep.entries.size).toBe(0);
  });

  test('survives a reload and sends in the order written', async () => {
    const before = setUp();
    before.failures.push(offline());
    before.write('a');
    before.write('b');
    await vi.advanceTimersByTimeAsync(0);
    const after = setUp(before.keep);
    after.outbox.restore();
    after.outbox.restore();
    await vi.advanceTimersByTimeAsync(0);
    expect(after.posts.map(({ clientKey }) => clientKey)).toEqual(['a', 'b']);
  });

  test('leaves alone what is not a message', () => {
    const keep = memory();
    keep.write('outbox:x', { clientKey: 5 });
    const { outbox, states } = setUp(keep);
    outbox.restore();
    expect(states()).toEqual([]);
  });

  test('a message that others overtook waits as sent until theirs are there', async () => {
    const { store, write, stored, states } = setUp();
    // Others have taken the first two places; their deliveries are still on the way.
    stored.count = 2;
    write('a');
    await vi.runAllTimersAsync();
    expect(states()).toEqual([['a', 'sent']]);
    expect(store.get().timelines.get(7)?.messages).toEqual([]);
  });
});
