// One conversation, three faces: what any of them writes the others read, live, with the same ids, order and times.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
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
import { placePath } from '#tests/support/mikrochat-client';
import { PIXEL, withFiles } from '#tests/support/minimost-client';
import { withOwnServer } from '#tests/support/own-server';

const server = withOwnServer();
const open: Ears[] = [];

/** ann owns the server; ben and cat are members. */
let ann: Everywhere;
let ben: Everywhere;
let general: Place;

beforeAll(async () => {
  ann = await join(server.door, 'ann');
  ben = await join(server.door, 'ben');
  general = await publicPlace(ann, 'general');
});
afterEach(() => {
  for (const ears of open.splice(0)) ears.close();
});
afterAll(() => server.door.close());

async function listen(reader: Everywhere, place: Place): Promise<Ears> {
  const ears = await Ears.open(reader, place);
  open.push(ears);
  return ears;
}

const PLACES: [string, () => Promise<Place>][] = [
  ['a public channel', async () => general],
  ['a private channel', () => privatePlace(ann, [ben])],
  ['a direct conversation', () => directPlace(ann, ben)],
];

/** ann says something in one face; answers its id as the web app has it. */
const SAY: [string, (place: Place, text: string) => Promise<number>][] = [
  ['the web app', async (place, text) => (await sayInWeb(ann, place, text)).id],
  ['Minimost', async ({ channel }, text) => (await ann.minimost.say(channel, text)).id],
  ['MikroChat', async ({ place }, text) => Number((await ann.mikrochat.say(place, text)).id)],
];

/** The same in all faces: id, author, words and time. */
async function expectSameEverywhere(place: Place, id: number, text: string): Promise<void> {
  const [web, minimost, mikrochat] = await Promise.all([
    ben.web.messages.get.query({ messageId: id }),
    ben.minimost.message(place.channel, id),
    ben.mikrochat.message(place.place, String(id)),
  ]);
  expect(web).toMatchObject({ text, sender: { id: ann.id, name: 'ann' } });
  expect(minimost).toMatchObject({ content: text, sender: 'ann', ts: web.createdAt / 1e6 });
  expect(mikrochat).toMatchObject({
    content: text,
    channelId: place.place,
    author: { id: String(ann.id), userName: 'ann' },
    createdAt: Math.floor(web.createdAt / 1000),
  });
}

describe.each(PLACES)('in %s', (_, find) => {
  test.each(SAY)('what is said in %s is read in every face, live', async (_, say) => {
    const place = await find();
    const ears = await listen(ben, place);
    const id = await say(place, `hello @ben, it is ${crypto.randomUUID()}`);
    await until(() => Object.values(ears.heard(place.id, id)).every((message) => message !== undefined));
    const heard = ears.heard(place.id, id);
    await expectSameEverywhere(place, id, heard.web?.text ?? '');
    expect(heard.minimost).toEqual(await ben.minimost.message(place.channel, id));
    // its sender's own name for it is nobody else's
    expect(heard.web).toEqual({ ...(await ben.web.messages.get.query({ messageId: id })), clientKey: null });
    expect(heard.mikrochat).toMatchObject(await ben.mikrochat.message(place.place, String(id)));
    expect(heard.web?.mentions).toEqual([expect.objectContaining({ id: ben.id })]);
    expect((await ben.minimost.read<{ id: number }[]>('/mentions')).map((row) => row.id)).toContain(id);
  });

  test('an edit, reactions and a deletion of any face reach every other', async () => {
    const place = await find();
    const ears = await listen(ben, place);
    const path = (id: number) =>
      place.place.startsWith('dm:') ? `${placePath(place.place)}/messages/${id}` : `/messages/${id}`;
    const edits: ((id: number, text: string) => Promise<unknown>)[] = [
      (messageId, text) => ann.web.messages.edit.mutate({ messageId, text }),
      (id, text) => ann.minimost.post(`/edit/${id}`, { text }),
      (id, content) => ann.mikrochat.call('PUT', path(id), { content }),
    ];
    const removals: ((id: number) => Promise<unknown>)[] = [
      (messageId) => ann.web.messages.delete.mutate({ messageId }),
      (id) => ann.minimost.post(`/delete/${id}`),
      (id) => ann.mikrochat.call('DELETE', path(id)),
    ];
    for (const [index, [, say]] of SAY.entries()) {
      const id = await say(place, 'before');
      await edits[(index + 1) % 3]?.(id, 'after');
      await until(() => ears.heard(place.id, id).mikrochat?.content === 'after');
      await until(() => ears.heard(place.id, id).minimost?.content === 'after');
      await until(() => ears.heard(place.id, id).web?.text === 'after');
      await expectSameEverywhere(place, id, 'after');
      expect((await ben.mikrochat.message(place.place, String(id))).updatedAt).toEqual(expect.any(Number));

      await ann.mikrochat.call('POST', `/messages/${id}/reactions`, { reaction: '🔥' });
      await ben.minimost.post(`/react/${id}`, { reaction: 'fire' });
      await ben.web.reactions.set.mutate({ messageId: id, emoji: '👍', on: true });
      const { reactions } = await ben.mikrochat.message(place.place, String(id));
      expect(reactions).toEqual({ '🔥': [String(ann.id), String(ben.id)], '👍': [String(ben.id)] });
      const row = await ben.minimost.message(place.channel, id);
      expect(JSON.parse(row.reactions ?? '{}')).toEqual({ fire: ['ann', 'ben'], thumbsup: ['ben'] });
      const told = () =>
        ears.mikrochat
          .ofType<{ messageId: string; userId: string; reaction: string }>('NEW_REACTION')
          .filter(({ messageId }) => messageId === String(id));
      await until(() => told().length === 3);
      expect(told().map(({ userId, reaction }) => [Number(userId), reaction])).toEqual([
        [ann.id, '🔥'],
        [ben.id, '🔥'],
        [ben.id, '👍'],
      ]);

      await removals[(index + 2) % 3]?.(id);
      const gone = () =>
        ears.mikrochat
          .ofType<{ id: string }>('DELETE_MESSAGE', 'DELETE_DM_MESSAGE')
          .filter((payload) => payload.id === String(id));
      await until(() => gone().length === 1);
      await until(() => ears.heard(place.id, id).minimost?.deleted === 1);
      await until(() => ears.heard(place.id, id).web?.deletedAt != null);
      expect((await ben.mikrochat.messages(place.place)).map((message) => message.id)).not.toContain(
        String(id),
      );
      expect(await ben.minimost.message(place.channel, id)).toMatchObject({ deleted: 1, content: null });
    }
  });

  test('everybody reads one order, whoever wrote where', async () => {
    const place = await find();
    const marker = crypto.randomUUID();
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => SAY[index % 3]?.[1](place, `${marker} ${index}`)),
    );
    const own = (text: string | null) => text?.startsWith(marker) ?? false;
    const web = (await ben.web.messages.page.query({ conversationId: place.id, limit: 100 })).messages
      .filter(({ text }) => own(text))
      .map(({ id }) => id);
    const minimost = (await ben.minimost.messages(place.channel))
      .filter(({ content }) => own(content))
      .map(({ id }) => id);
    const mikrochat = (await ben.mikrochat.messages(place.place, '?limit=100'))
      .filter(({ content }) => own(content))
      .map(({ id }) => Number(id));
    expect(web).toHaveLength(30);
    expect(minimost).toEqual(web);
    expect(mikrochat).toEqual(web);
  });

  test('an image of any face is seen in all', async () => {
    const place = await find();
    const mikro = placePath(place.place);
    const image = { filename: 'cat.png', image: PIXEL.toString('base64') };
    const { filename } = await ann.mikrochat.call<{ filename: string }>(
      'POST',
      `${mikro}/messages/image`,
      image,
    );
    const sent = await ann.mikrochat.say(place.place, '', { images: [filename] });
    expect(sent.images).toEqual([filename]);
    const { files } = await ben.web.messages.get.query({ messageId: Number(sent.id) });
    expect(files).toMatchObject([{ originalName: 'cat.png', mediaType: 'image/png', width: 1, height: 1 }]);
    expect((await ben.minimost.get(`/files/${files[0]?.name}`)).bytes).toEqual(PIXEL);

    await ann.minimost.postData(`/send/${place.channel}`, withFiles({ 'dog.png': PIXEL }));
    const latest = (await ben.mikrochat.messages(place.place)).at(-1);
    expect(latest?.images).toHaveLength(1);
    for (const size of ['', '?size=thumb']) {
      const read = await ben.mikrochat.ask('GET', `${mikro}/messages/image/${latest?.images[0]}${size}`);
      expect(read.status).toBe(200);
      if (size === '') expect(read.bytes).toEqual(PIXEL);
      else expect(read.headers.get('content-type')).toBe('image/jpeg');
    }
  });
});

describe('threads, quotes and bots', () => {
  test('a thread reply of the web app or MikroChat is a reply in every other face', async () => {
    const ears = await listen(ben, general);
    const root = await sayInWeb(ann, general, 'a question');
    const reply = await ann.mikrochat.reply(String(root.id), 'an answer');
    const second = await sayInWeb(ben, general, 'another answer', { threadRootId: root.id });
    const asked = await ben.mikrochat.message(general.place, String(root.id));
    expect(asked.threadMeta).toMatchObject({
      replyCount: 2,
      lastReplyBy: { id: String(ben.id) },
      participants: [String(ann.id), String(ben.id)],
    });
    expect(
      (await ben.mikrochat.replies(String(root.id))).map(({ id, content }) => [Number(id), content]),
    ).toEqual([
      [Number(reply.id), 'an answer'],
      [second.id, 'another answer'],
    ]);
    for (const id of [Number(reply.id), second.id]) {
      expect(await ben.minimost.message('general', id)).toMatchObject({ reply_to_id: root.id });
      expect(await ben.web.messages.get.query({ messageId: id })).toMatchObject({ threadRootId: root.id });
      await until(() => ears.heard(general.id, id).minimost !== undefined);
    }
    const shown = (await ben.mikrochat.messages(general.place)).map(({ id }) => Number(id));
    expect(shown).not.toContain(second.id);
    const told = () => ears.mikrochat.ofType<{ reply: { id: string } }>('NEW_THREAD_REPLY');
    await until(() => told().length === 2);
    expect(told().map(({ reply: { id } }) => Number(id))).toEqual([Number(reply.id), second.id]);
    await ann.web.messages.delete.mutate({ messageId: root.id });
    await until(() => ears.heard(general.id, second.id).minimost?.deleted === 1);
    expect(await ben.mikrochat.statusOf('GET', `/messages/${root.id}/thread`)).toBe(404);
  });

  test('what is quoted in one face is quoted in the others', async () => {
    const { id } = await ann.minimost.say('general', 'quote me');
    const inWeb = await sayInWeb(ben, general, 'as she said', { replyToId: id });
    expect(await ann.mikrochat.message(general.place, String(inWeb.id))).toMatchObject({
      quotedMessageId: String(id),
    });
    const inMikrochat = await ben.mikrochat.say(general.place, 'exactly', { quotedMessageId: String(id) });
    expect(await ann.minimost.message('general', Number(inMikrochat.id))).toMatchObject({ reply_to_id: id });
  });

  test('a bot speaks in all faces under its own name', async () => {
    const ears = await listen(ben, general);
    const { webhook } = await ann.mikrochat.call<{ webhook: { id: string; token: string } }>(
      'POST',
      '/webhooks',
      {
        name: 'Build',
        channelId: general.place,
      },
    );
    const answer = await ann.mikrochat.ask(
      'POST',
      `/webhooks/${webhook.id}/messages`,
      { content: 'it is green' },
      { authorization: `Bearer ${webhook.token}` },
    );
    const { message } = JSON.parse(answer.text) as { message: { id: string } };
    const id = Number(message.id);
    await until(() => Object.values(ears.heard(general.id, id)).every((heard) => heard !== undefined));
    expect(ears.heard(general.id, id).mikrochat?.author).toEqual({
      id: `webhook:${webhook.id}`,
      userName: 'Build',
      isBot: true,
    });
    expect(await ben.web.messages.get.query({ messageId: id })).toMatchObject({
      sender: null,
      bot: { name: 'Build' },
      text: 'it is green',
    });
    expect((await ben.minimost.message('general', id)).sender).toContain('Build');
  });
});
