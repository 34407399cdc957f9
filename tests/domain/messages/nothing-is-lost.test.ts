import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { changedSince } from '#server/domain/messages/changed-since';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { editMessage } from '#server/domain/messages/edit-message';
import type { Message } from '#server/domain/messages/message';
import { toggleReaction } from '#server/domain/reactions/set-reaction';
import { EventReader } from '#server/live/event-reader';
import { makeActor, makeConversation } from '#tests/support/cast';
import { say } from '#tests/support/say';

const SENDERS = 16;
const EACH = 125;

let senders: Actor[];
beforeAll(async () => {
  senders = [];
  for (let index = 0; index < SENDERS; index++) senders.push(await makeActor(`sender-${index}`));
});

/** Asks again and again from the largest stamp it has seen, as an API's client does. */
async function poll(actor: Actor, conversationId: number, isDone: () => boolean): Promise<Message[]> {
  const received: Message[] = [];
  let cursor = 0;
  for (let last = false; ; last = isDone()) {
    const changed = await changedSince(actor, conversationId, cursor || 1);
    received.push(...changed);
    cursor = Math.max(cursor, ...changed.map(({ changedAt }) => changedAt));
    if (last) return received;
  }
}

/** Reads the event table as the hub does. */
async function follow(
  reader: EventReader,
  conversationId: number,
  isDone: () => boolean,
): Promise<[string, number][]> {
  const facts: [string, number][] = [];
  for (let last = false; ; last = isDone()) {
    const { events, again } = await reader.read();
    for (const { event } of events) {
      if (!event || !('conversationId' in event) || event.conversationId !== conversationId) continue;
      if ('messageIds' in event)
        facts.push(...event.messageIds.map((id): [string, number] => [event.type, id]));
      if ('messageId' in event) facts.push([event.type, event.messageId]);
    }
    if (last && again === 'when woken') return facts;
    await pause();
  }
}

const pause = () => delay(2);

async function withReaders(conversationId: number, work: () => Promise<unknown>) {
  let done = false;
  const pollers = Promise.all(senders.slice(0, 3).map((actor) => poll(actor, conversationId, () => done)));
  const reader = new EventReader();
  // it hears what happens from here on, so nothing may happen before
  await reader.start(pause);
  const follower = follow(reader, conversationId, () => done);
  await work();
  done = true;
  return { polled: await pollers, followed: await follower };
}

describe(`${SENDERS} people writing at once`, () => {
  it('every reader gets every message once, in one order', async () => {
    const place = await makeConversation({ members: senders });
    const { polled, followed } = await withReaders(place, () =>
      Promise.all(
        senders.map(async (sender) => {
          for (let index = 0; index < EACH; index++) await say(sender, place, `${sender.username} ${index}`);
        }),
      ),
    );
    const all = await changedSince(senders[0] as Actor, place, 0);
    expect(all.map(({ seq }) => seq)).toEqual(
      Array.from({ length: SENDERS * EACH }, (_, index) => index + 1),
    );
    expect(new Set(all.map(({ createdAt }) => createdAt)).size).toBe(SENDERS * EACH);
    for (const received of polled) expect(received).toEqual(all);
    expect(followed).toEqual(all.map(({ id }) => ['message_sent', id]));
    for (const sender of senders) {
      const own = all.filter((message) => message.sender?.id === sender.accountId).map(({ text }) => text);
      expect(own).toEqual(Array.from({ length: EACH }, (_, index) => `${sender.username} ${index}`));
    }
  }, 120_000);

  it('a copy kept by polling equals a full load after edits, deletions and reactions in between', async () => {
    const place = await makeConversation({ members: senders });
    const { polled, followed } = await withReaders(place, () =>
      Promise.all(senders.map((sender, index) => misbehave(sender, senders[index - 1] ?? sender, place))),
    );
    const all = await changedSince(senders[0] as Actor, place, 0);
    expect(all.filter((message) => message.deletedAt !== null).length).toBeGreaterThanOrEqual(SENDERS);
    for (const received of polled) {
      const copy = new Map(received.map((message) => [message.id, message]));
      expect([...copy.values()].sort((a, b) => a.seq - b.seq)).toEqual(all);
      // what comes back has changed since: no row is delivered twice with the same stamp
      expect(new Set(received.map(({ id, changedAt }) => `${id} ${changedAt}`)).size).toBe(received.length);
    }
    const sent = followed.filter(([type]) => type === 'message_sent').map(([, id]) => id);
    expect(sent).toEqual(all.map(({ id }) => id));
    for (const { id, editedAt, deletedAt } of all) {
      const has = (type: string) => followed.some(([fact, message]) => fact === type && message === id);
      expect([has('message_edited'), has('message_deleted')]).toEqual([
        editedAt !== null,
        deletedAt !== null,
      ]);
    }
  }, 120_000);
});

/** Writes, edits, deletes and reacts to own messages and to a neighbour's. */
async function misbehave(sender: Actor, neighbour: Actor, place: number): Promise<void> {
  for (let index = 0; index < 6; index++) {
    const { id: messageId } = await say(sender, place, `${index}`);
    if (index % 2) await editMessage(sender, { messageId, text: `${index} @${neighbour.username}` });
    await toggleReaction(neighbour, { messageId, emoji: '👍' });
    if (index % 3 === 0) await toggleReaction(neighbour, { messageId, emoji: '👍' });
    if (index % 4 === 0) await deleteMessage(sender, { messageId });
  }
}
