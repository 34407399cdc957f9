// While a transaction that has drawn an event's number is slow to commit, the hub holds back everything younger, and
// then delivers it in one go, each message as it is by then.
import { afterEach, expect, test, vi } from 'vitest';
import { pool } from '#server/platform/database';
import { withPeople } from '#tests/support/minimost-people';
import { MinimostStream } from '#tests/support/minimost-stream';

const people = withPeople();
const open: MinimostStream[] = [];

afterEach(() => {
  for (const { follower } of open.splice(0)) follower.close();
});

function follow(after: number): MinimostStream {
  const stream = new MinimostStream(people.door.base, people.bob.cookie, 'general', after);
  open.push(stream);
  return stream;
}

/** Does the work while such a transaction is under way. */
async function heldBack(work: () => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('LOCK TABLE event IN ROW EXCLUSIVE MODE');
    await client.query(`SELECT nextval('event_id_seq')`);
    await work();
    await client.query('ROLLBACK');
  } finally {
    client.release();
  }
}

test('a message that changed again later hides nothing that was said in between', async () => {
  const { alice, carol } = people;
  const first = await alice.say('general', 'first');
  const stream = follow(first.ts - 1e-6);
  const texts = () => stream.rows.map((row) => row.content);
  await vi.waitFor(() => expect(texts()).toEqual(['first']));
  await heldBack(async () => {
    await alice.post(`/edit/${first.id}`, { text: 'first, edited' });
    await carol.say('general', 'in between');
    await alice.post(`/edit/${first.id}`, { text: 'first, edited twice' });
  });
  await vi.waitFor(() => expect(texts()).toEqual(['first', 'first, edited twice', 'in between']));

  // whoever comes back with the newest id of the stream lacks nothing either
  const { id } = stream.follower.frames.findLast(({ event }) => event === 'messages') ?? { id: '' };
  const last = await carol.say('general', 'last');
  const again = follow(Number(id));
  await vi.waitFor(() => expect(again.rows.at(-1)).toEqual(last));
  const copy = new Map([...stream.rows, ...again.rows].map((row) => [row.id, row]));
  expect([...copy.values()]).toEqual(await people.bob.messages('general', first.ts - 1e-6));
});
