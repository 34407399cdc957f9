import { describe, expect, test } from 'vitest';
import type { Backend, ListMessages } from '#app/_live/backend.ts';
import { initialState } from '#app/_live/state.ts';
import { createStore } from '#app/_live/store.ts';
import type { Page } from '#app/_live/timeline-window.ts';
import { createTimelines } from '#app/_live/timelines.ts';
import { bootstrap, conversation, messages } from '#tests/app/live/samples';

/** A server that answers pages as told, and remembers what it was asked. */
function setUp(answer: (input: ListMessages) => Page | Error) {
  const store = createStore(initialState(bootstrap({ conversations: [conversation({ lastSeq: 2 })] })));
  const asked: ListMessages[] = [];
  const backend = {
    async listMessages(input: ListMessages) {
      asked.push(input);
      const page = answer(input);
      if (page instanceof Error) throw page;
      return page;
    },
    receipts: async () => [],
    findMessage: async () => {
      throw new Error('no such message');
    },
  } as unknown as Backend;
  return { store, asked, timelines: createTimelines(store, backend) };
}

const whole: Page = { messages: messages(1, 2), hasOlder: false, hasNewer: false };

describe('a timeline that could not be loaded', () => {
  test('is asked for again when the connection is back, and only once it has failed', async () => {
    let isAway = true;
    const { store, asked, timelines } = setUp(() => (isAway ? new Error('away') : whole));
    await timelines.openTimeline(7);
    expect(store.get().timelines.get(7)?.status).toBe('failed');
    isAway = false;
    timelines.retryFailed();
    await expect.poll(() => store.get().timelines.get(7)?.status).toBe('ready');
    timelines.retryFailed();
    expect(asked).toHaveLength(2);
  });

  test('because its message is not there stays so', async () => {
    const { store, timelines } = setUp(() => whole);
    await timelines.openTimeline(7, { messageId: 999 });
    timelines.retryFailed();
    expect(store.get().timelines.get(7)?.status).toBe('failed');
  });
});
