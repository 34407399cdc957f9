import { expect, test } from 'vitest';
import { cursorOf, type MessageRow, signUp } from '#tests/support/minimost-client';
import { withPeople } from '#tests/support/minimost-people';

const people = withPeople();
const SENDERS = 16;
const EACH = 125;

/** A program that keeps asking for what is new, as the documents say: its cursor is the largest moment seen. */
function poll(client: typeof people.alice, channel: string) {
  const seen: MessageRow[] = [];
  let cursor = 0;
  let running = true;
  const round = async () => {
    const rows = await client.messages(channel, cursor);
    seen.push(...rows);
    cursor = cursorOf(rows, cursor);
    return rows.length;
  };
  const done = (async () => {
    while (running) await round();
    while ((await round()) > 0);
  })();
  return {
    async stop() {
      running = false;
      await done;
      return seen;
    },
  };
}

test('MM-85 a poller gets every message once, and ends with the same copy as a full load', async () => {
  const senders = await Promise.all(
    Array.from({ length: SENDERS }, (_, index) => signUp(people.door, `sender${index}`)),
  );
  const pollers = [people.alice, people.bob].map((client) => poll(client, 'systems'));
  await Promise.all(
    senders.map(async (sender, index) => {
      for (let count = 0; count < EACH; count++) {
        const answer = await sender.post('/send/systems', { text: `${index}-${count}` });
        expect(answer.status).toBe(200);
      }
    }),
  );
  for (const poller of pollers) {
    const seen = (await poller.stop()).filter((row) => row.sender.startsWith('sender'));
    expect(seen).toHaveLength(SENDERS * EACH);
    expect(new Set(seen.map((row) => row.content)).size).toBe(SENDERS * EACH);
    expect(seen.map((row) => row.id)).toEqual(seen.map((row) => row.id).sort((a, b) => a - b));
  }
}, 120_000);

test('MM-85 also while messages are edited, reacted to and deleted', async () => {
  const writers = await Promise.all(
    Array.from({ length: 6 }, (_, index) => signUp(people.door, `writer${index}`)),
  );
  const poller = poll(people.carol, 'firmware');
  await Promise.all(
    writers.map(async (writer, index) => {
      for (let count = 0; count < 15; count++) {
        const { id } = await writer.say('firmware', `${index}-${count}`);
        if (count % 2) await writer.post(`/edit/${id}`, { text: `${index}-${count} edited` });
        await writer.post(`/react/${id}`, { reaction: count % 3 ? 'fire' : 'eyes' });
        if (count % 5 === 4) await writer.post(`/delete/${id}`);
      }
    }),
  );
  const copy = new Map((await poller.stop()).map((row) => [row.id, row]));
  expect([...copy.values()].sort((a, b) => a.ts - b.ts || a.id - b.id)).toEqual(
    await people.carol.messages('firmware'),
  );
}, 120_000);
