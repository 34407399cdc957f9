// What one may not see, no face shows; and when a right ends, every stream that lived by it ends.
import type { TRPCClientError } from '@trpc/client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AppRouter } from '#server/trpc/root';
import {
  directPlace,
  Ears,
  type Everywhere,
  join,
  type Place,
  privatePlace,
  publicPlace,
  sayInWeb,
  until,
} from '#tests/support/everywhere';
import { MikrochatStream } from '#tests/support/mikrochat-stream';
import { PIXEL } from '#tests/support/minimost-client';
import { withOwnServer } from '#tests/support/own-server';

const server = withOwnServer();
const open: { close(): void }[] = [];
let owner: Everywhere;
let ann: Everywhere;
let ben: Everywhere;

beforeAll(async () => {
  owner = await join(server.door, 'owner');
  ann = await join(server.door, 'ann');
  ben = await join(server.door, 'ben');
});
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});
afterAll(() => server.door.close());

async function listen(reader: Everywhere, place: Place): Promise<Ears> {
  const ears = await Ears.open(reader, place);
  open.push(ears);
  return ears;
}

/** Nothing of a place, in any face, to somebody who isn't in it: an administrator just as well. */
async function expectNothing(reader: Everywhere, place: Place, messageId: number, secret: string) {
  const { web, minimost, mikrochat } = reader;
  const sub = place.place.startsWith('dm:') ? 'conversations' : 'channels';
  const hidden = sub === 'channels' ? [404] : [403];
  expect(hidden).toContain(await mikrochat.statusOf('GET', `/${sub}/${place.place}/messages`));
  expect(hidden).toContain(
    await mikrochat.statusOf('POST', `/${sub}/${place.place}/messages`, { content: 'let me in' }),
  );
  for (const [method, path, body] of [
    ['PUT', `/messages/${messageId}`, { content: 'x' }],
    ['DELETE', `/messages/${messageId}`, undefined],
    ['GET', `/messages/${messageId}/thread`, undefined],
    ['POST', `/messages/${messageId}/thread`, { content: 'x' }],
    ['POST', `/messages/${messageId}/pin`, undefined],
  ] as const) {
    expect([path, await mikrochat.statusOf(method, path, body)]).toEqual([path, 404]);
  }
  expect(await mikrochat.statusOf('POST', `/messages/${messageId}/reactions`, { reaction: '🔥' })).toBe(
    sub === 'channels' ? 404 : 403,
  );
  const listed = [
    await mikrochat.ask('GET', '/channels'),
    await mikrochat.ask('GET', '/conversations'),
    await mikrochat.ask('GET', `/search/messages?q=${secret}`),
    await minimost.get(`/search_messages?q=${secret}`),
  ];
  for (const { text } of listed) expect(text).not.toContain(secret);
  expect(await web.search.messages.query({ text: secret, limit: 20 })).toEqual([]);
  expect((await minimost.get(`/message/${messageId}`)).status).toBe(404);
  expect((await minimost.get(`/messages/${place.channel}`)).status).toBe(403);
  expect(await kindOf(web.messages.get.query({ messageId }))).toBe('not_found');
  expect(await kindOf(web.messages.page.query({ conversationId: place.id, limit: 50 }))).toBe('not_found');
}

describe('to somebody who isn’t there', () => {
  test.each([
    ['a private channel', () => privatePlace(ann, [ben])],
    ['a direct conversation', () => directPlace(ann, ben)],
  ] as const)('%s shows nothing in any face, not even to the owner', async (_, find) => {
    const place = await find();
    const secret = `secret${crypto.randomUUID().slice(0, 8)}`;
    const stream = new MikrochatStream(owner.mikrochat);
    open.push(stream.follower);
    await until(() => stream.events.length > 0);
    const { id } = await ann.mikrochat.say(place.place, secret);
    await ben.mikrochat.call('POST', `/messages/${id}/reactions`, { reaction: '👍' });
    await expectNothing(owner, place, Number(id), secret);
    const general = await publicPlace(ann, 'general');
    const heard = await sayInWeb(ann, general, 'for everybody');
    await until(() => stream.sent(general.place).some((message) => message.id === String(heard.id)));
    expect(JSON.stringify(stream.events)).not.toMatch(new RegExp(`${secret}|"${id}"`));
  });

  test('an image is found through its own conversation only', async () => {
    const direct = await directPlace(ann, ben);
    const general = await publicPlace(ann, 'general');
    const upload = { filename: 'a.png', image: PIXEL.toString('base64') };
    const { filename } = await ann.mikrochat.call<{ filename: string }>(
      'POST',
      `/conversations/${direct.place}/messages/image`,
      upload,
    );
    const paths = {
      own: `/conversations/${direct.place}/messages/image/${filename}`,
      channel: `/channels/${general.place}/messages/image/${filename}`,
      file: `/files/${filename}`,
    };
    expect(await ben.mikrochat.statusOf('GET', paths.own)).toBe(200);
    expect(await owner.mikrochat.statusOf('GET', paths.own)).toBe(403);
    for (const reader of [ann, ben, owner]) {
      expect(await reader.mikrochat.statusOf('GET', paths.channel)).toBe(404);
      const stored = filename.split('-')[1];
      const served = (await reader.minimost.get(`/files/${stored}`)).status;
      expect(served).toBe(reader === ann ? 200 : 404);
    }
    expect(await owner.mikrochat.statusOf('GET', paths.file)).toBe(404);
    const elsewhere = { content: '', images: [filename] };
    expect(await ann.mikrochat.statusOf('POST', `/channels/${general.place}/messages`, elsewhere)).toBe(400);
  });

  test('what was said before a late joiner came stays unsaid in every face', async () => {
    const place = await privatePlace(ann, [ben]);
    const old = await ann.mikrochat.say(place.place, 'an old thing');
    const late = await join(server.door, 'late');
    await ben.web.conversations.addMember.mutate({ conversationId: place.id, username: late.name });
    const fresh = await ann.mikrochat.say(place.place, 'since you are here');
    expect((await late.mikrochat.messages(place.place)).map(({ id }) => id)).toEqual([fresh.id]);
    expect((await late.minimost.messages(place.channel)).map(({ id }) => id)).not.toContain(Number(old.id));
    expect(await late.mikrochat.statusOf('GET', `/messages/${old.id}/thread`)).toBe(404);
  });
});

describe('when a right ends', () => {
  test('a removed person’s streams of every face end within a second', async () => {
    const gone = await join(server.door, 'gone');
    const general = await publicPlace(gone, 'general');
    const kept = await gone.mikrochat.say(general.place, 'remember me');
    const own = await listen(gone, general);
    const other = await listen(ben, general);
    await owner.mikrochat.call('DELETE', `/users/${gone.id}`);
    const removedAt = performance.now();
    await until(() => own.followers.every(({ ended }) => ended !== null));
    expect(performance.now() - removedAt).toBeLessThan(1_000);
    expect(own.mikrochat.events.at(-1)).toMatchObject({
      type: 'REMOVE_USER',
      payload: { id: String(gone.id) },
    });
    await until(() => other.mikrochat.ofType('REMOVE_USER').length === 1);
    for (const status of [
      await gone.mikrochat.statusOf('GET', '/channels'),
      await gone.mikrochat.statusOf('GET', '/events'),
      await gone.mikrochat.statusOf('POST', '/auth/refresh', {
        refreshToken: gone.mikrochat.tokens.refreshToken,
      }),
    ])
      expect(status).toBe(401);
    expect((await gone.minimost.get('/channels')).status).toBe(302);
    expect(await kindOf(gone.web.session.bootstrap.query())).toBe('unauthenticated');
    expect((await ben.mikrochat.message(general.place, kept.id)).author).toEqual({
      id: String(gone.id),
      userName: 'Unknown User',
    });
    expect(await ben.minimost.message('general', Number(kept.id))).toMatchObject({ sender: 'Deleted User' });
  });

  test('whoever leaves a private channel hears nothing more of it in any face', async () => {
    const former = await join(server.door, 'former');
    const place = await privatePlace(ann, [ben, former]);
    const own = await listen(former, place);
    const { id } = await ann.mikrochat.say(place.place, 'before');
    await until(() => own.mikrochat.sent(place.place).length === 1);
    await former.web.conversations.leave.mutate({ conversationId: place.id });
    const leftAt = performance.now();
    await until(() => own.minimost.follower.ended === '403');
    expect(performance.now() - leftAt).toBeLessThan(1_000);
    const after = await ann.mikrochat.say(place.place, 'after');
    const general = await publicPlace(ann, 'general');
    const heard = await sayInWeb(ann, general, 'still here');
    await until(() => own.mikrochat.sent(general.place).some((message) => message.id === String(heard.id)));
    await until(() => own.web.sent(general.id).some((message) => message.id === heard.id));
    for (const seen of [own.mikrochat.events, own.web.items])
      expect(JSON.stringify(seen)).not.toMatch(new RegExp(`"id":"?${after.id}"?[,}]`));
    await expectNothing(former, place, Number(id), 'before');
  });

  test('signing out everywhere ends the streams and tokens of every face', async () => {
    const ears = await listen(ben, await publicPlace(ben, 'general'));
    await ben.mikrochat.call('DELETE', '/auth/sessions');
    await until(() => ears.mikrochat.follower.ended !== null || ears.mikrochat.follower.connections > 1);
    expect(
      await ben.mikrochat.statusOf('POST', '/auth/refresh', {
        refreshToken: ben.mikrochat.tokens.refreshToken,
      }),
    ).toBe(401);
  });
});

/** How a call ends: the kind of its refusal, or `done`. */
async function kindOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    return (error as TRPCClientError<AppRouter>).data?.failure?.kind ?? String(error);
  }
}
