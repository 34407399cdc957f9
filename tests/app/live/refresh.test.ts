import { expect, test } from 'vitest';
import { applyDelivery } from '#app/_live/apply-delivery.ts';
import type { Backend } from '#app/_live/backend.ts';
import type { ConversationView } from '#app/_live/model.ts';
import { createRefresh } from '#app/_live/refresh.ts';
import { initialState } from '#app/_live/state.ts';
import { createStore } from '#app/_live/store.ts';
import { bootstrap, conversation, delivery, message, sent } from '#tests/app/live/samples';

function setUp() {
  const store = createStore(initialState(bootstrap({ conversations: [] })));
  const answers: ((view: ConversationView | Error) => void)[] = [];
  const backend = {
    findConversation: () =>
      new Promise<ConversationView>((resolve, reject) => {
        answers.push((view) => (view instanceof Error ? reject(view) : resolve(view)));
      }),
  } as unknown as Backend;
  const refresh = createRefresh({ store, backend, failureOf: () => ({ kind: 'passing' }) });
  return {
    store,
    answers,
    receive(item: Parameters<typeof applyDelivery>[1]) {
      store.update((state) => applyDelivery(state, item, 0));
      refresh();
    },
    async answer(view: ConversationView | Error) {
      answers.shift()?.(view);
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

const created = delivery(1, { type: 'conversation_created', conversationId: 7 });

test('what arrives while a new conversation is being asked for is not lost', async () => {
  const { store, answers, receive, answer } = setUp();
  receive(created);
  receive(sent(2, message(1)));
  expect(answers).toHaveLength(1);
  // read before the message was stored, so it must be asked for again
  await answer(conversation({ id: 7, lastSeq: 0 }));
  await answer(conversation({ id: 7, lastSeq: 1 }));
  expect(store.get().conversations.get(7)?.lastSeq).toBe(1);
  expect(store.get().stale.size).toBe(0);
});

test('what could not be asked for is asked for with the next change, not at once', async () => {
  const { store, answers, receive, answer } = setUp();
  receive(created);
  await answer(new Error('nobody answers'));
  expect(answers).toHaveLength(0);
  expect(store.get().stale.has(7)).toBe(true);
  receive(sent(2, message(1)));
  expect(answers).toHaveLength(1);
});

test('a conversation that was taken away while it was asked for does not come back with the answer', async () => {
  const { store, receive, answer } = setUp();
  receive(created);
  await answer(conversation({ id: 7 }));
  receive(delivery(2, { type: 'conversation_changed', conversationId: 7 }));
  receive(delivery(3, { type: 'conversation_deleted', conversationId: 7, name: 'general' }));
  await answer(conversation({ id: 7, topic: 'as it was' }));
  expect(store.get().conversations.has(7)).toBe(false);
});
