import { expect } from 'vitest';
import type { Door } from '#tests/support/door';
import {
  type MessageRow,
  MinimostClient,
  PASSWORD,
  PIXEL,
  signUp,
  withFiles,
} from '#tests/support/minimost-client';

type Expected = {
  status: number;
  /** the body: text as it is, anything else as JSON */
  body?: unknown;
  type?: string;
  location?: string;
};

/**
 * The worked examples of the documents (minimost.md §2), one after the other, by people of this door's own: `tag` is
 * part of their names, so that several doors can lead to one database.
 */
export async function playExamples(door: Door, tag: string): Promise<void> {
  const [aliceName, bobName, carolName] = [`alice-${tag}`, `bob-${tag}`, `carol-${tag}`];
  const alice = await signUp(door, aliceName);
  const bob = await signUp(door, bobName);
  await signUp(door, carolName);
  const visitor = new MinimostClient(door);
  const dm = `dm:${aliceName}:${bobName}`;

  const example = async (
    asked: Promise<{ status: number; headers: Headers; text: string }>,
    expected: Expected,
  ) => {
    const answer = await asked;
    const { status, body, type, location } = expected;
    const label = `${door.name}: ${JSON.stringify(expected)}`;
    expect(answer.status, `${label} got ${answer.text.slice(0, 200)}`).toBe(status);
    if (location !== undefined) expect(answer.headers.get('location'), label).toBe(location);
    if (type !== undefined) expect(answer.headers.get('content-type'), label).toBe(type);
    if (typeof body === 'string') expect(answer.text, label).toBe(body);
    else if (body !== undefined) expect(JSON.parse(answer.text), label).toEqual(body);
    return answer;
  };
  const newest = async (client: MinimostClient, channel: string): Promise<MessageRow> => {
    const row = (await client.messages(channel)).at(-1);
    if (!row) throw new Error(`${channel} is empty`);
    return row;
  };
  const text = 'text/plain; charset=utf-8';
  const json = 'application/json';

  await example(visitor.get('/channels'), { status: 302, location: '/login', body: '' });
  await example(
    visitor.post('/signup', { username: 'EveryOne', password: PASSWORD, confirm_password: PASSWORD }),
    {
      status: 200,
      type: 'text/html; charset=utf-8',
    },
  );
  await example(visitor.post('/login', { username: aliceName.toUpperCase(), password: PASSWORD }), {
    status: 302,
    location: '/',
    body: '',
  });

  await example(alice.get('/channels'), {
    status: 200,
    type: json,
    body: ['general', 'software', 'firmware', 'systems', 'off-topic'],
  });
  await example(alice.get('/messages/secret'), { status: 403, body: 'forbidden', type: text });
  await example(alice.get('/message/999999999'), { status: 404, body: 'not found', type: text });

  await example(bob.post('/send/off-topic', { text: 'ping @carol', reply_to_id: '40' }), {
    status: 200,
    body: 'ok',
    type: text,
  });
  await example(bob.post('/send/off-topic', { text: '   ' }), { status: 400, body: 'empty', type: text });
  await example(alice.post(`/send/dm:${bobName}:${carolName}`, { text: 'x' }), {
    status: 403,
    body: 'forbidden',
  });
  const { id } = await newest(bob, 'off-topic');
  await example(bob.post(`/edit/${id}`, { text: `hello @${carolName}` }), { status: 200, body: 'ok' });
  expect(await newest(bob, 'off-topic')).toMatchObject({
    edited: 1,
    mentions: `["${carolName}"]`,
    reply_to_id: 40,
  });
  await example(alice.post(`/edit/${id}`, { text: 'x' }), { status: 403, body: 'forbidden' });

  await example(bob.post(`/react/${id}`, { reaction: 'thumbsup' }), {
    status: 200,
    body: { thumbsup: [bobName] },
  });
  await example(alice.post(`/react/${id}`, { reaction: 'thumbsup' }), {
    status: 200,
    type: json,
    body: { thumbsup: [aliceName, bobName] },
  });
  await example(alice.post(`/react/${id}`, { reaction: 'thumbsup' }), {
    status: 200,
    body: { thumbsup: [bobName] },
  });
  await example(alice.post(`/react/${id}`, { reaction: 'thumbs_up' }), {
    status: 400,
    body: 'invalid reaction',
  });
  await example(bob.post(`/delete/${id}`), { status: 200, body: 'ok' });
  await example(bob.get(`/message/${id}`), {
    status: 200,
    body: { id, sender: bobName, content: null, filename: null, deleted: 1 },
  });

  await example(alice.post('/settings', { name_color: 'red' }), { status: 400, body: 'invalid color' });
  await example(alice.post('/settings', { name_color: '#e06c75' }), { status: 204, body: '' });
  await example(alice.get('/settings'), {
    status: 200,
    body: { name_color: '#e06c75', avatar_file: null, bio: null },
  });
  await example(alice.postJson('/presence', { state: 'idle' }), { status: 204, body: '' });
  await example(alice.postJson('/presence', { state: 'asleep' }), { status: 204, body: '' });
  await example(alice.post('/typing/general'), { status: 204, body: '' });
  expect(await bob.read('/typing/general')).toContain(aliceName);

  await bob.say(dm, 'one');
  await bob.say(dm, 'two');
  await example(alice.get('/dms'), { status: 200, body: [{ channel: dm, users: [bobName], unread: 2 }] });
  await example(alice.get('/unread_count'), { status: 200, body: { count: 2 } });
  await example(alice.postJson('/dms/close', { channel: dm }), { status: 204, body: '' });
  await example(alice.postJson('/dms/close', { channel: 'general' }), {
    status: 400,
    body: 'invalid channel',
  });
  await example(alice.post(`/mark_read/${dm}`), { status: 204, body: '' });
  const { ts } = await newest(alice, dm);
  await example(alice.get(`/read_receipts/${dm}`), { status: 200, body: { [aliceName]: ts, [bobName]: ts } });
  await example(alice.get(`/channel_members/${dm}`), { status: 200, body: [bobName] });

  await example(alice.postData('/avatar', withFiles({ 'me.png': PIXEL }, undefined, 'avatar')), {
    status: 204,
    body: '',
  });
  await example(bob.get(`/avatar/${aliceName}`), { status: 200, type: 'image/jpeg' });
  await example(alice.get('/avatar/nobody-at-all'), { status: 404, body: '' });
  await example(alice.delete('/avatar'), { status: 204, body: '' });

  await alice.postData(`/send/${dm}`, withFiles({ 'picture.png': PIXEL }));
  const { filename } = await newest(alice, dm);
  const picture = await example(bob.get(`/files/${filename}`), { status: 200, type: 'image/png' });
  expect(picture.headers.get('content-length')).toBe(String(PIXEL.length));
  await example(bob.ask('HEAD', `/files/${filename}`), { status: 200, body: '' });
  await example(bob.get('/files/none.png'), { status: 404, body: 'not found' });

  const created = await alice.postJson('/private_channels/create', { name: 'plans', members: [bobName] });
  const { channel } = JSON.parse(created.text);
  await example(bob.post(`/private_channels/${channel}/leave`), { status: 204, body: '' });
  await example(bob.post(`/private_channels/${channel}/leave`), { status: 403, body: 'forbidden' });
  await example(bob.post('/private_channels/999999999/leave'), { status: 404, body: 'not found' });

  await example(alice.get('/link_preview?url=http://192.168.1.1/'), { status: 200, body: {}, type: json });
  await example(alice.get('/search_messages?q=%20'), { status: 200, body: [] });
  await example(alice.ask('DELETE', '/channels'), { status: 405 });
  await example(alice.get('/messages/%zz'), { status: 400 });
  await example(alice.get('/logout'), { status: 302, location: '/login', body: '' });
}
