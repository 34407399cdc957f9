import { describe, expect, test } from 'vitest';
import { PASSWORD, signUp } from '#tests/support/minimost-client';
import { withPeople } from '#tests/support/minimost-people';

const people = withPeople();
type Dm = { channel: string; users: string[]; unread: number };

const dms = (person: typeof people.alice) => person.read<Dm[]>('/dms');
const count = async (person: typeof people.alice) =>
  (await person.read<{ count: number }>('/unread_count')).count;

describe('direct messages', () => {
  test('MM-65 are listed newest first, without me, once they have a message', async () => {
    const dora = await signUp(people.door, 'dora');
    expect(await dms(dora)).toEqual([]);
    await dora.messages('dm:alice:dora');
    await people.alice.post('/send/dm:alice:dora', { text: ' ' });
    expect(await dms(dora)).toEqual([]);
    await people.alice.say('dm:alice:dora', 'one');
    await people.bob.say('dm:bob:dora', 'two');
    await people.alice.say('dm:alice:dora:bob', 'three');
    expect(await dms(dora)).toEqual([
      { channel: 'dm:alice:bob:dora', users: ['alice', 'bob'], unread: 1 },
      { channel: 'dm:bob:dora', users: ['bob'], unread: 1 },
      { channel: 'dm:alice:dora', users: ['alice'], unread: 1 },
    ]);
    const { id } = await people.alice.say('dm:alice:dora', 'four');
    await people.alice.post(`/delete/${id}`);
    expect((await dms(dora)).map(({ channel, unread }) => [channel, unread])).toEqual([
      ['dm:alice:dora', 1],
      ['dm:alice:bob:dora', 1],
      ['dm:bob:dora', 1],
    ]);
  });

  test('MM-66 closed ones come back with the next message of anybody', async () => {
    const channel = 'dm:bob:carol';
    const shown = async (person: typeof people.alice) =>
      (await dms(person)).some((dm) => dm.channel === channel);
    const close = () => people.bob.postJson('/dms/close', { channel });
    await people.carol.say(channel, 'hello');
    expect((await close()).status).toBe(204);
    expect([await shown(people.bob), await shown(people.carol)]).toEqual([false, true]);
    await people.carol.say(channel, 'are you there?');
    expect(await shown(people.bob)).toBe(true);
    await close();
    await people.bob.say(channel, 'yes');
    expect(await shown(people.bob)).toBe(true);
    await close();
    await close();
    expect(await shown(people.bob)).toBe(false);
    expect((await people.bob.messages(channel)).length).toBe(3);
  });

  test('MM-67 are closed by their identifier, by those in them', async () => {
    const close = (body: unknown) => people.alice.postJson('/dms/close', body);
    const answer = await close({ channel: ' dm:bob:alice ' });
    expect([answer.status, answer.text]).toEqual([204, '']);
    for (const body of [
      {},
      { channel: 'general' },
      { channel: 'private:1' },
      { channel: 5 },
      { channel: null },
      [],
      '{',
      '',
    ]) {
      const refused = await close(body);
      expect([refused.status, refused.text], JSON.stringify(body)).toEqual([400, 'invalid channel']);
    }
    expect((await people.alice.post('/dms/close', { channel: 'dm:alice:bob' })).text).toBe('invalid channel');
    for (const channel of ['dm:bob:carol', 'dm:ALICE:bob', 'dm:alice', 'dm:']) {
      const refused = await close({ channel });
      expect([refused.status, refused.text], channel).toEqual([403, 'forbidden']);
    }
  });

  test('MM-68 the unread number is the sum over all of mine, closed ones included', async () => {
    const erin = await signUp(people.door, 'erin');
    expect(await count(erin)).toBe(0);
    await people.alice.say('dm:alice:erin', 'one');
    await people.alice.say('dm:alice:erin', 'two');
    const { id } = await people.bob.say('dm:bob:erin', 'three');
    expect(await count(erin)).toBe(3);
    await erin.postJson('/dms/close', { channel: 'dm:alice:erin' });
    expect(await count(erin)).toBe(3);
    await people.bob.post(`/delete/${id}`);
    expect(await count(erin)).toBe(2);
    await erin.say('dm:alice:erin', 'my own');
    expect(await count(erin)).toBe(0);
    expect(await count(people.alice)).toBe((await dms(people.alice)).reduce((sum, dm) => sum + dm.unread, 0));
  });
});

test('a direct message outlives the account on its other side', async () => {
  const gone = await signUp(people.door, 'gone');
  await gone.say('dm:alice:gone', 'keep this');
  await gone.postJson('/delete_account', { type: 'soft', password: PASSWORD });
  const channel = 'dm:Deleted User:alice';
  expect(await dms(people.alice)).toContainEqual({ channel, users: ['Deleted User'], unread: 1 });
  expect((await people.alice.messages(channel)).map((row) => [row.sender, row.content])).toEqual([
    ['Deleted User', 'keep this'],
  ]);
  expect((await people.alice.post(`/mark_read/${encodeURIComponent(channel)}`)).status).toBe(204);
  expect((await people.bob.get(`/messages/${encodeURIComponent(channel)}`)).status).toBe(403);
  expect(await people.bob.messages('dm:Deleted User:bob')).toEqual([]);
});

describe('reading', () => {
  test('MM-69 to the end empties the unread number and never goes back', async () => {
    await people.bob.say('software', 'one');
    await people.bob.say('software', 'two');
    const unread = async () => (await people.alice.read<Record<string, number>>('/channel_unreads')).software;
    expect(await unread()).toBeGreaterThan(0);
    const answer = await people.alice.post('/mark_read/software');
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(await unread()).toBe(0);
    const mark = async () => (await people.bob.read<Record<string, number>>('/read_receipts/software')).alice;
    const before = await mark();
    await people.alice.post('/mark_read/software');
    expect(await mark()).toBe(before);
    const { id, ts } = await people.bob.say('software', 'deleted at once');
    await people.bob.post(`/delete/${id}`);
    await people.alice.post('/mark_read/software');
    expect(await mark()).toBe(ts);
    expect((await people.alice.post('/mark_read/systems')).status).toBe(204);
    expect(await people.alice.read('/last_read/software')).toEqual({ last_read_ts: ts });
  });

  test('MM-70 comes with sending', async () => {
    await people.bob.say('firmware', 'unread');
    const { ts } = await people.alice.say('firmware', 'I have read that');
    expect(await people.alice.read('/channel_unreads')).toMatchObject({ firmware: 0 });
    expect(await people.bob.read('/read_receipts/firmware')).toMatchObject({ alice: ts });
  });

  test('MM-71 shows as receipts with the very numbers of the messages', async () => {
    const { ts } = await people.bob.say('dm:alice:bob', 'read me');
    const before = await people.bob.read<Record<string, number>>('/read_receipts/dm:alice:bob');
    expect(before.bob).toBe(ts);
    expect(before.alice ?? 0).toBeLessThan(ts);
    await people.alice.post('/mark_read/dm:alice:bob');
    const newest = Math.max(...(await people.bob.messages('dm:alice:bob')).map((row) => row.ts));
    const after = await people.bob.read<Record<string, number>>('/read_receipts/dm:alice:bob');
    expect(after.alice).toBeGreaterThanOrEqual(newest);
    expect(after).toEqual({ alice: ts, bob: ts });
  });
});
