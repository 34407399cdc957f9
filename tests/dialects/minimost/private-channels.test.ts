import { describe, expect, test } from 'vitest';
import { signUp } from '#tests/support/minimost-client';
import { withPeople } from '#tests/support/minimost-people';

const people = withPeople();
type Created = { id: number; channel: string; name: string };
type Listed = Created & { unread: number; members: string[] };

async function create(name: string, ...members: string[]): Promise<Created> {
  const answer = await people.alice.postJson('/private_channels/create', { name, members });
  expect(answer.status).toBe(200);
  return JSON.parse(answer.text);
}

const listed = (person: typeof people.alice) => person.read<Listed[]>('/private_channels');

describe('private channels', () => {
  test('are created with those who exist, once each', async () => {
    const created = await create('  plans ', 'BOB', 'bob', 'nobody', 'alice');
    expect(created).toEqual({ id: created.id, channel: `private:${created.id}`, name: 'plans' });
    const expected = { ...created, unread: 0, members: ['alice', 'bob'] };
    expect(await listed(people.bob)).toEqual([expected]);
    expect(await listed(people.carol)).toEqual([]);
    for (const body of [{}, { name: '' }, { name: '   ' }, { name: 'x'.repeat(81) }, { name: 5 }, 'no']) {
      expect((await people.alice.postJson('/private_channels/create', body)).status).toBe(400);
    }
    const long = await people.alice.postJson('/private_channels/create', {
      name: '👍'.repeat(80),
      members: 'bob',
    });
    expect(long.status).toBe(200);
  });

  test('are renamed by any member', async () => {
    const { id, channel } = await create('old name', 'bob');
    const rename = (person: typeof people.alice, body: unknown, path: string | number = id) =>
      person.postJson(`/private_channels/${path}/rename`, body);
    const answer = await rename(people.bob, { name: ' new name ' });
    expect([answer.status, answer.text]).toEqual([200, 'ok']);
    expect((await listed(people.alice)).find((one) => one.id === id)?.name).toBe('new name');
    expect((await people.alice.messages(channel)).at(-1)).toMatchObject({
      sender: 'system',
      content: expect.stringContaining('new name'),
    });
    for (const body of [{}, { name: ' ' }, { name: 'x'.repeat(81) }])
      expect((await rename(people.bob, body)).status).toBe(400);
    expect((await rename(people.carol, { name: 'mine' })).status).toBe(403);
    for (const path of ['999999', 'x', 'general'])
      expect((await rename(people.bob, { name: 'x' }, path)).status).toBe(403);
  });

  test('show a late joiner nothing older than the join', async () => {
    const dora = await signUp(people.door, 'dora');
    const { id, channel } = await create('late', 'bob');
    const old = await people.alice.say(channel, 'before @everyone dora');
    const add = (person: typeof people.alice, username: unknown) =>
      person.postJson(`/private_channels/${id}/add_member`, { username });
    expect((await add(people.carol, 'dora')).status).toBe(403);
    expect((await add(people.bob, 'DORA')).text).toBe('ok');
    expect((await add(people.bob, 'dora')).status).toBe(409);
    expect((await add(people.bob, 'nobody')).status).toBe(404);
    for (const blank of ['', '  ', undefined, 5]) expect((await add(people.bob, blank)).status).toBe(400);
    const seen = await dora.messages(channel);
    expect(seen.map((row) => [row.sender, row.content?.includes('dora')])).toEqual([['system', true]]);
    await people.alice.post(`/edit/${old.id}`, { text: 'before, edited @dora' });
    await people.bob.post(`/react/${old.id}`, { reaction: 'eyes' });
    expect(await dora.messages(channel)).toEqual(seen);
    expect((await dora.get(`/message/${old.id}`)).status).toBe(404);
    expect(await dora.read('/search_messages?q=before')).toEqual([]);
    expect(await dora.read('/mentions')).toEqual([]);
    expect((await listed(dora))[0]).toMatchObject({ unread: 0, members: ['alice', 'bob', 'dora'] });
    await people.bob.say(channel, 'after');
    expect((await listed(dora))[0]?.unread).toBe(1);
    expect(await dora.read(`/private_channels/${id}/members`)).toEqual([
      { username: 'alice' },
      { username: 'bob' },
      { username: 'dora' },
    ]);
    expect((await people.carol.get(`/private_channels/${id}/members`)).status).toBe(403);
  });

  test('MM-76 are left at once, with a notice to those who stay', async () => {
    const { id, channel } = await create('leaving', 'bob', 'carol');
    const { id: message } = await people.alice.say(channel, 'remember me');
    const leave = (person: typeof people.alice, path: string | number) =>
      person.post(`/private_channels/${path}/leave`);
    const left = await leave(people.bob, channel);
    expect([left.status, left.text]).toEqual([204, '']);
    expect((await leave(people.carol, `private%3A${id}`)).status).toBe(204);
    for (const path of [`/messages/${channel}`, `/channel_members/${channel}`, `/read_receipts/${channel}`]) {
      expect((await people.bob.get(path)).status, path).toBe(403);
    }
    expect((await people.bob.get(`/message/${message}`)).status).toBe(404);
    expect((await people.bob.post(`/send/${channel}`, { text: 'still here' })).status).toBe(403);
    expect((await listed(people.bob)).some((one) => one.id === id)).toBe(false);
    const notices = (await people.alice.messages(channel)).filter((row) => row.sender === 'system');
    expect(notices.map((row) => row.content)).toEqual([
      expect.stringContaining('bob'),
      expect.stringContaining('carol'),
    ]);
    const again = await leave(people.bob, id);
    expect([again.status, again.text]).toEqual([403, 'forbidden']);
    for (const unknown of [
      '999999',
      'private:999999',
      'general',
      'private:',
      '-1',
      'dm:alice:bob',
      '9'.repeat(30),
    ]) {
      const answer = await leave(people.alice, unknown);
      expect([answer.status, answer.text], unknown).toEqual([404, 'not found']);
    }
  });

  test('MM-76 are not public or direct ones by their number', async () => {
    await people.alice.say('dm:alice:bob', 'a conversation with a number');
    const known = new Set((await listed(people.alice)).map((one) => one.id));
    for (let id = 1; id < 12; id++) {
      if (known.has(id)) continue;
      expect([403, 404], String(id)).toContain(
        (await people.alice.post(`/private_channels/${id}/leave`)).status,
      );
      expect((await people.alice.get(`/messages/private:${id}`)).status, String(id)).toBe(403);
    }
    expect((await people.alice.get('/messages/general')).status).toBe(200);
  });

  test('MM-77 stay when the last member has gone', async () => {
    const { id, channel } = await create('empty');
    expect((await people.alice.post(`/private_channels/${id}/leave`)).status).toBe(204);
    for (const person of [people.alice, people.bob]) {
      expect((await person.post(`/private_channels/${id}/leave`)).status).toBe(403);
      expect((await person.get(`/messages/${channel}`)).status).toBe(403);
    }
  });
});
