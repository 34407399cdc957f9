import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeHub, livePosition } from '#server/live/hub';
import {
  MikrochatClient,
  type MikroMessage,
  PASSWORD,
  placePath,
  register,
} from '#tests/support/mikrochat-client';
import { withMikrochatPeople } from '#tests/support/mikrochat-people';
import { MikrochatStream } from '#tests/support/mikrochat-stream';
import { PIXEL } from '#tests/support/minimost-client';

const people = withMikrochatPeople();
const BASE = '/compat/mikrochat';
const TEXT = `<b>&amp; "quoted" 'single'`;
const CODED = '&lt;b&gt;&amp;amp; &quot;quoted&quot; &#039;single&#039;';

beforeAll(() => livePosition());
afterAll(closeHub);

async function until(holds: () => boolean, what: string): Promise<void> {
  for (const begin = performance.now(); !holds(); await delay(5)) {
    if (performance.now() - begin > 15_000) throw new Error(`waited for ${what} in vain`);
  }
}

describe('MK-79 the client’s profile', () => {
  test('codes text both ways, and the root knows nothing of it', async () => {
    const { bob, cat, general } = people;
    const compat = bob.at(BASE);
    const sent = await compat.say(general, CODED);
    expect(sent.content).toBe(CODED);
    expect((await cat.message(general, sent.id)).content).toBe(TEXT);
    expect((await cat.at(BASE).message(general, sent.id)).content).toBe(CODED);
    // edits, replies and webhooks come raw from the client, and go out safe
    const edited = JSON.parse(
      (await compat.ask('PUT', `/messages/${sent.id}`, { content: '<script>' })).text,
    ).message;
    expect(edited.content).toBe('&lt;script&gt;');
    expect((await cat.message(general, sent.id)).content).toBe('<script>');
    const reply = await compat.reply(sent.id, '<i>');
    expect([reply.content, (await cat.replies(sent.id))[0]?.content]).toEqual(['&lt;i&gt;', '<i>']);
    // decoded once: what was written twice is not lost
    const twice = await compat.say(general, '&amp;lt;');
    expect([(await cat.message(general, twice.id)).content, twice.content]).toEqual(['&lt;', '&amp;lt;']);
    const root = await bob.say(general, CODED);
    expect(root.content).toBe(CODED);
    const dm = await compat.converse(cat.id);
    expect((await cat.message(dm, (await compat.say(dm, CODED)).id)).content).toBe(TEXT);
  });

  test('keys reactions by who reacted', async () => {
    const { ann, bob, general } = people;
    const { id } = await bob.say(general, 'react');
    const compat = ann.at(BASE);
    await bob.call('POST', `/messages/${id}/reactions`, { reaction: '👍' });
    await compat.call('POST', `/messages/${id}/reactions`, { reaction: '👍' });
    const both = await compat.call<{ message: MikroMessage }>('POST', `/messages/${id}/reactions`, {
      reaction: '🎉',
    });
    expect(both.message.reactions).toEqual({ [ann.id]: ['👍', '🎉'], [bob.id]: ['👍'] });
    expect((await bob.message(general, id)).reactions).toEqual({ '👍': [bob.id, ann.id], '🎉': [ann.id] });
    await bob.call('DELETE', `/messages/${id}/reactions`, { reaction: '👍' });
    expect((await compat.message(general, id)).reactions).toEqual({ [ann.id]: ['👍', '🎉'] });
  });

  test('holds on the stream as well', async () => {
    const { bob, cat, general } = people;
    const [plain, coded] = [new MikrochatStream(cat), new MikrochatStream(cat.at(BASE))];
    await until(() => plain.events.length > 0 && coded.events.length > 0, 'the streams');
    const { id } = await bob.at(BASE).say(general, CODED);
    // events show things as they are when they are delivered
    const has = (stream: MikrochatStream) => stream.sent(general).some((one) => one.id === id);
    await until(() => has(plain) && has(coded), 'the message');
    await bob.call('POST', `/messages/${id}/reactions`, { reaction: '👀' });
    await bob.call('PUT', `/messages/${id}`, { content: `${TEXT}!` });
    const edits = (stream: MikrochatStream) =>
      stream.ofType<MikroMessage>('UPDATE_MESSAGE').filter((one) => one.id === id);
    await until(() => edits(plain).length > 0 && edits(coded).length > 0, 'the edit');
    expect(plain.sent(general).find((one) => one.id === id)?.content).toBe(TEXT);
    expect(coded.sent(general).find((one) => one.id === id)?.content).toBe(CODED);
    expect(edits(plain)[0]).toMatchObject({ content: `${TEXT}!`, reactions: { '👀': [bob.id] } });
    expect(edits(coded)[0]).toMatchObject({ content: `${CODED}!`, reactions: { [bob.id]: ['👀'] } });
    for (const stream of [plain, coded]) stream.follower.close();
  });
});

/**
 * The calls of the original client in its own order (mikrochat.md §4), and the fields it reads. The client itself is not
 * at hand here; whoever changes this list looks at that section.
 */
test('MK-80 the client signs in, posts, edits, reacts, replies, writes directly, uploads and sees others live', async () => {
  const { general } = people;
  const partner = await register(people.door, 'partner@example.org');
  const client = new MikrochatClient(people.door, BASE);
  const json = async <T>(method: string, path: string, body?: unknown) => client.call<T>(method, path, body);

  const config = await json<{ auth: { mode: string; oauthEnabled: boolean } }>('GET', '/config.json');
  expect(config.auth).toMatchObject({ mode: 'password', oauthEnabled: false });
  await client.signedInWith(
    await client.ask('POST', '/auth/password-login', { email: 'bob@example.org', password: PASSWORD }),
  );
  const { user } = await json<{ user: { id: string; userName: string; isAdmin: boolean } }>(
    'GET',
    '/auth/me',
  );
  expect(user).toMatchObject({ id: people.bob.id, userName: 'bob', isAdmin: false });
  expect((await json<{ name: string }>('GET', '/server/settings')).name).toBe('MikroChat');
  const { channels } = await json<{ channels: { id: string }[] }>('GET', '/channels');
  expect(channels[0]?.id).toBe(general);
  await json('GET', `/channels/${general}/messages?limit=50`);
  const stream = new MikrochatStream(client);
  await until(() => stream.events.length > 0, 'the stream');
  await json('GET', '/conversations');
  await json('GET', '/presence');

  // an empty message first, then its image, then the message with it
  type Sent = { message: MikroMessage };
  const empty = (
    await json<Sent>('POST', `/channels/${general}/messages`, { content: '', images: [], attachments: [] })
  ).message;
  const image = {
    filename: 'shot.png',
    image: PIXEL.toString('base64'),
    thumbnail: PIXEL.toString('base64'),
  };
  const { filename } = await json<{ filename: string }>('POST', `/channels/${general}/messages/image`, image);
  await json('PUT', `/messages/${empty.id}`, { images: [filename] });
  const thumb = await client.ask('GET', `/channels/${general}/messages/image/${filename}?size=thumb`);
  expect([thumb.status, thumb.headers.get('content-type')]).toEqual([200, 'image/jpeg']);

  const { message } = await json<Sent>('POST', `/channels/${general}/messages`, {
    content: CODED,
    attachments: [],
  });
  await json('PUT', `/messages/${message.id}`, { content: 'edited' });
  const reacted = await json<Sent>('POST', `/messages/${message.id}/reactions`, { reaction: '👍' });
  expect(reacted.message).toMatchObject({ content: 'edited', reactions: { [user.id]: ['👍'] } });
  await json('DELETE', `/messages/${message.id}/reactions`, { reaction: '👍' });
  await json('POST', `/messages/${message.id}/thread`, { content: 'a reply' });
  const { replies } = await json<{ replies: MikroMessage[] }>(
    'GET',
    `/messages/${message.id}/thread?limit=50`,
  );
  const [reply] = replies;
  await json('PUT', `/messages/${message.id}/thread/${reply?.id}`, { content: 'a better reply' });
  const opened = await json<{ conversation: { id: string }; isNew: boolean }>('POST', '/conversations', {
    targetUserId: partner.id,
  });
  const dm = opened.conversation.id;
  const direct = await json<Sent>('POST', `${placePath(dm)}/messages`, {
    content: 'psst',
    images: [],
    attachments: [],
  });
  await json('PUT', `${placePath(dm)}/messages/${direct.message.id}`, { content: 'psst!', images: [] });
  await json('POST', `/messages/${direct.message.id}/reactions`, { reaction: '🙏' });

  // its own pages change only by what the stream echoes
  const seen = (type: string, id?: string) =>
    stream.events.some(
      (event) =>
        event.type === type && (id === undefined || JSON.stringify(event.payload).includes(`"${id}"`)),
    );
  await until(
    () =>
      seen('NEW_MESSAGE', message.id) &&
      seen('UPDATE_MESSAGE', empty.id) &&
      seen('NEW_REACTION', message.id) &&
      seen('DELETE_REACTION', message.id) &&
      seen('NEW_THREAD_REPLY', reply?.id) &&
      seen('UPDATE_THREAD_REPLY', reply?.id) &&
      seen('NEW_CONVERSATION', dm) &&
      seen('NEW_DM_MESSAGE', direct.message.id) &&
      seen('UPDATE_DM_MESSAGE', direct.message.id),
    'the echoes',
  );
  const theirs = await partner.say(dm, 'I see <you>');
  await until(() => seen('NEW_DM_MESSAGE', theirs.id), 'another person’s message');
  expect(stream.sent(dm).find(({ id }) => id === theirs.id)?.content).toBe('I see &lt;you&gt;');

  const pairs = await Promise.all(
    [1, 2, 3].map(() => json<object>('POST', '/auth/refresh', { refreshToken: client.tokens.refreshToken })),
  );
  expect(pairs.length).toBe(3);
  const signedOut = await json<{ error?: string }>('POST', '/auth/logout', {
    refreshToken: client.tokens.refreshToken,
  });
  expect(signedOut.error).toBeUndefined();
  stream.follower.close();
});
