import { describe, expect, test } from 'vitest';
import { signUp } from '#tests/support/minimost-client';
import { withPeople } from '#tests/support/minimost-people';

const people = withPeople();
const CONFIGURED = ['general', 'software', 'firmware', 'systems', 'off-topic'];

/** Every call that is about one channel and refuses strangers. */
const channelCalls = [
  ['GET', '/messages/'],
  ['POST', '/send/'],
  ['POST', '/mark_read/'],
  ['GET', '/read_receipts/'],
  ['GET', '/channel_members/'],
] as const;

describe('channels', () => {
  test('MM-20 are a bare list of names in configured order', async () => {
    expect(await people.alice.read('/channels')).toEqual(CONFIGURED);
  });

  test('MM-21 each have their unread number, public ones only', async () => {
    await people.bob.say('dm:alice:bob', 'not a channel');
    const before = await people.alice.read<Record<string, number>>('/channel_unreads');
    expect(Object.keys(before).sort()).toEqual([...CONFIGURED].sort());
    await people.bob.say('firmware', 'one');
    const { id } = await people.bob.say('firmware', 'two');
    await people.alice.say('software', 'my own');
    const after = await people.alice.read<Record<string, number>>('/channel_unreads');
    expect(after).toEqual({ ...before, firmware: (before.firmware ?? 0) + 2 });
    await people.bob.post(`/delete/${id}`);
    expect(await people.alice.read('/channel_unreads')).toMatchObject({
      firmware: (before.firmware ?? 0) + 1,
    });
  });

  test('MM-22 that are not configured are forbidden', async () => {
    for (const channel of [
      'secret',
      'General',
      'general ',
      '1',
      'private:1',
      'private:x',
      'private:999999',
      '*',
    ]) {
      for (const [method, path] of channelCalls) {
        const answer = await people.alice.ask(method, path + encodeURIComponent(channel));
        expect([answer.status, answer.text], `${method} ${path}${channel}`).toEqual([403, 'forbidden']);
      }
    }
  });

  test('MM-23 that are direct and not mine are forbidden; mine are there before any message', async () => {
    for (const channel of ['dm:bob:carol', 'dm:ALICE:bob', 'dm:alice', 'dm:alice:alice', 'dm:', 'dm::']) {
      for (const [method, path] of channelCalls) {
        const answer = await people.alice.ask(method, path + channel);
        expect([answer.status, answer.text], `${method} ${path}${channel}`).toEqual([403, 'forbidden']);
      }
    }
    expect(await people.alice.messages('dm:alice:carol')).toEqual([]);
    expect(await people.alice.read('/channel_members/dm:alice:carol')).toEqual(['carol']);
    expect((await people.alice.post('/mark_read/dm:alice:carol')).status).toBe(204);
    expect(await people.alice.read('/read_receipts/dm:alice:carol')).toEqual({});
  });

  test('MM-24 of three people work like those of two', async () => {
    const group = 'dm:alice:bob:carol';
    await people.carol.say(group, 'hello both');
    for (const person of [people.alice, people.bob]) {
      expect((await person.messages(group)).map((row) => row.content)).toEqual(['hello both']);
    }
    expect(await people.alice.read('/dms')).toContainEqual({
      channel: group,
      users: ['bob', 'carol'],
      unread: 1,
    });
    expect(await people.alice.messages('dm:alice:carol')).toEqual([]);
  });

  test('MM-25 are one conversation however their people are listed', async () => {
    await people.alice.post('/send/dm:carol:alice:carol', { text: 'turned round' });
    const [row] = await people.carol.messages('dm:alice:carol');
    expect(row).toMatchObject({ content: 'turned round', channel: 'dm:alice:carol' });
    expect(await people.carol.messages('dm:carol:alice')).toEqual([row]);
  });

  test('MM-26 may be written percent-encoded', async () => {
    await people.alice.say('dm:alice:bob', 'plain');
    const [encoded, plain] = await Promise.all([
      people.bob.read('/messages/dm%3Aalice%3Abob'),
      people.bob.read('/messages/dm:alice:bob'),
    ]);
    expect(encoded).toEqual(plain);
    expect(await people.bob.read('/messages/%67eneral')).toEqual(await people.bob.messages('general'));
  });
});

describe('people', () => {
  test('MM-81 are listed by code unit, without whoever asks', async () => {
    for (const name of ['Zoe', '_x', 'dora']) await signUp(people.door, name);
    const expected = ['Zoe', '_x', 'bob', 'carol', 'dora'];
    expect(await people.alice.read('/users')).toEqual(expected);
    expect(await people.alice.read('/channel_members/general')).toEqual(expected);
    expect(await people.bob.read('/channel_members/dm:bob:carol:Zoe')).toEqual(['Zoe', 'carol']);
    const created = await people.alice.postJson('/private_channels/create', {
      name: 'few',
      members: ['dora'],
    });
    const { channel } = JSON.parse(created.text);
    expect(await people.alice.read(`/channel_members/${channel}`)).toEqual(['dora']);
    expect((await people.bob.get(`/channel_members/${channel}`)).status).toBe(403);
  });

  test('MM-83 the front page knows who I am', async () => {
    const answer = await people.alice.get('/');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.text).toContain('alice');
  });
});

describe('the frame', () => {
  test('MM-82 unknown paths are 404, other methods 405, and HEAD is GET', async () => {
    for (const path of [
      '/nowhere',
      '/messages',
      '/messages/a/b',
      '/edit',
      '/channels/',
      '/.env',
      '/private_channels/1',
    ]) {
      expect((await people.alice.get(path)).status, path).toBe(404);
      expect((await people.door.ask({ method: 'GET', path, headers: {} })).status, path).toBe(404);
    }
    const wrong = await people.alice.ask('DELETE', '/channels');
    // another API of ours makes channels by POST
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
    expect((await people.alice.get('/mark_read/general')).headers.get('allow')).toBe('POST, OPTIONS');
    for (const path of ['/channels', '/messages/general', '/settings', '/']) {
      const head = await people.alice.ask('HEAD', path);
      expect([head.status, head.text], path).toEqual([200, '']);
    }
  });

  test('MM-88 JSON says so, and nothing opens the door to other origins', async () => {
    const origin = { origin: 'http://elsewhere.example' };
    for (const path of [
      '/channels',
      '/messages/general',
      '/users',
      '/dms',
      '/settings',
      '/online_users',
      '/link_preview',
    ]) {
      const answer = await people.alice.get(path, origin);
      expect(answer.headers.get('content-type'), path).toMatch(/^application\/json/);
      for (const name of answer.headers.keys()) expect(name).not.toMatch(/^access-control-/);
    }
    const preflight = await people.alice.ask('OPTIONS', '/send/general', undefined, {
      ...origin,
      'access-control-request-method': 'POST',
    });
    for (const name of preflight.headers.keys()) expect(name).not.toMatch(/^access-control-/);
  });

  test('MM-86 writes from other sites are refused, our own pages’ are not', async () => {
    const before = await people.alice.messages('systems');
    const foreign: Record<string, string>[] = [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of foreign) {
      const sent = await people.alice.post('/send/systems', { text: 'forged' }, headers);
      expect([sent.status, sent.text]).toEqual([403, 'forbidden']);
      expect((await people.alice.post('/login', {}, headers)).status).toBe(403);
      expect((await people.alice.post('/typing/systems', {}, headers)).status).toBe(204);
      expect((await people.alice.ask('DELETE', '/avatar', undefined, headers)).status).toBe(403);
      expect((await people.alice.get('/channels', headers)).status).toBe(200);
    }
    expect(await people.alice.messages('systems')).toEqual(before);
    expect(await people.bob.read('/typing/systems')).toEqual([]);
    const own = {
      host: 'chat.example:8080',
      origin: 'http://chat.example:8080',
      'sec-fetch-site': 'same-origin',
    };
    expect((await people.alice.post('/send/systems', { text: 'mine' }, own)).status).toBe(200);
  });
});
