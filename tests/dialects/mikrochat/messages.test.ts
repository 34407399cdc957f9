import { describe, expect, test } from 'vitest';
import { newChannel, withMikrochatPeople } from '#tests/support/mikrochat-people';

const people = withMikrochatPeople();

const messageOf = (text: string) => JSON.parse(text).message;

describe('a message', () => {
  test('MK-32 is answered whole, with nothing that it does not have', async () => {
    const { bob } = people;
    const channel = await newChannel(people);
    const sent = await bob.ask('POST', `/channels/${channel}/messages`, { content: 'hello' });
    expect(sent.status).toBe(200);
    expect(messageOf(sent.text)).toEqual({
      id: expect.stringMatching(/^\d+$/),
      channelId: channel,
      author: { id: bob.id, userName: 'bob' },
      content: 'hello',
      images: [],
      reactions: {},
      createdAt: expect.any(Number),
      updatedAt: null,
    });
    expect(Math.abs(messageOf(sent.text).createdAt - Date.now())).toBeLessThan(60_000);
    expect(await bob.messages(channel)).toEqual([messageOf(sent.text)]);
  });

  test('MK-33 needs content, or at least a list of images', async () => {
    const { bob, general } = people;
    const path = `/channels/${general}/messages`;
    for (const body of [undefined, {}, { content: '' }, { content: '  ' }, { content: 5 }, { images: 'x' }]) {
      expect(await bob.statusOf('POST', path, body), JSON.stringify(body)).toBe(400);
    }
    for (const body of [{ content: '', images: [] }, { images: [] }, { content: '', attachments: [] }]) {
      expect(await bob.statusOf('POST', path, body), JSON.stringify(body)).toBe(200);
    }
  });

  test('MK-34 may come with keys that say nothing', async () => {
    const { bob, general } = people;
    const body = {
      content: 'with extras',
      attachments: [],
      quotedMessageId: null,
      members: [],
      isPrivate: false,
      whatever: { deep: [1] },
    };
    expect((await bob.ask('POST', `/channels/${general}/messages?x=1`, body)).status).toBe(200);
  });

  test('goes as it was written, apart from white space at its end', async () => {
    const { bob, general } = people;
    const text = '  <b>&amp; "quoted" \'single\' 👍\u200d\n\tend';
    expect((await bob.say(general, `${text} \n`)).content).toBe(text);
    expect(await bob.statusOf('POST', `/channels/${general}/messages`, { content: 'a\0b' })).toBe(400);
    expect(await bob.statusOf('POST', `/channels/${general}/messages`, { content: 'x'.repeat(10_001) })).toBe(
      400,
    );
  });

  test('MK-38 is edited by its author alone, and keeps what the edit leaves out', async () => {
    const { ann, bob, cat, general } = people;
    const { id } = await bob.say(general, 'frist');
    await cat.call('POST', `/messages/${id}/reactions`, { reaction: '👍' });
    const edited = await bob.ask('PUT', `/messages/${id}`, { content: 'first' });
    expect(messageOf(edited.text)).toMatchObject({
      id,
      channelId: general,
      content: 'first',
      images: [],
      reactions: { '👍': [cat.id] },
      updatedAt: expect.any(Number),
    });
    for (const other of [ann, cat]) {
      for (const body of [{ content: 'mine' }, {}, { images: ['none.png'] }, { content: 5 }, '{']) {
        expect(await other.statusOf('PUT', `/messages/${id}`, body)).toBe(403);
      }
    }
    for (const body of [{}, { content: ' ' }, { images: [], content: '' }]) {
      expect(await bob.statusOf('PUT', `/messages/${id}`, body), JSON.stringify(body)).toBe(400);
    }
    expect(await bob.statusOf('PUT', '/messages/999999', { content: 'x' })).toBe(404);
  });

  test('MK-40 is deleted by its author or an administrator, and its replies go with it', async () => {
    const { ann, bob, cat, general } = people;
    const { id } = await bob.say(general, 'to be deleted');
    const reply = await cat.reply(id, 'so long');
    expect(await cat.statusOf('DELETE', `/messages/${id}`)).toBe(403);
    const deleted = await ann.ask('DELETE', `/messages/${id}`);
    expect([deleted.status, deleted.text]).toEqual([200, '{"success":true}']);
    expect(await bob.statusOf('DELETE', `/messages/${id}`)).toBe(404);
    expect(await bob.statusOf('GET', `/messages/${id}/thread`)).toBe(404);
    expect(await cat.statusOf('PUT', `/messages/${reply.id}`, { content: 'x' })).toBe(404);
    const own = await cat.say(general, 'mine');
    expect(await cat.statusOf('DELETE', `/messages/${own.id}`)).toBe(200);
    expect((await cat.messages(general)).some((message) => [id, own.id].includes(message.id))).toBe(false);
  });

  test('may quote another, and mention people', async () => {
    const { bob, cat, general } = people;
    const first = await bob.say(general, 'the original');
    const second = await cat.say(general, 'see @bob and @everyone', { quotedMessageId: first.id });
    expect(second).toMatchObject({ quotedMessageId: first.id, mentions: ['@channel'] });
    expect(await cat.say(general, 'only @bob')).toMatchObject({ mentions: [bob.id] });
  });
});

describe('a page of messages', () => {
  test('MK-35 is the newest fifty, oldest first, and the rest before its first', async () => {
    const { bob } = people;
    const channel = await newChannel(people);
    for (let number = 1; number <= 60; number++) await bob.say(channel, `m${number}`);
    const page = await bob.messages(channel);
    expect(page.map(({ content }) => content)).toEqual(Array.from({ length: 50 }, (_, at) => `m${at + 11}`));
    const older = await bob.messages(channel, `?before=${page[0]?.id}&limit=50`);
    expect(older.map(({ content }) => content)).toEqual(Array.from({ length: 10 }, (_, at) => `m${at + 1}`));
    expect(await bob.messages(channel, `?before=${older[0]?.id}`)).toEqual([]);
    expect((await bob.messages(channel, '?limit=3')).map(({ content }) => content)).toEqual([
      'm58',
      'm59',
      'm60',
    ]);
    expect(
      (await bob.messages(channel, `?limit=2&before=${page[10]?.id}`)).map(({ content }) => content),
    ).toEqual(['m19', 'm20']);
  });

  test('MK-36 is empty before what is unknown, and fifty for what is no limit', async () => {
    const { bob } = people;
    const channel = await newChannel(people);
    for (let number = 1; number <= 55; number++) await bob.say(channel, `m${number}`);
    const elsewhere = await bob.say(people.general, 'in another channel');
    for (const before of ['nothing', '0', '-1', '99999999', elsewhere.id, '1e3', '%00']) {
      expect(await bob.messages(channel, `?before=${before}`), before).toEqual([]);
    }
    for (const limit of ['abc', '0', '-1', '', '1.5', '1e2']) {
      expect((await bob.messages(channel, `?limit=${limit}`)).length, limit).toBe(50);
    }
    expect((await bob.messages(channel, '?limit=9999')).length).toBe(55);
  });

  test('MK-37 has no replies in it', async () => {
    const { bob } = people;
    const channel = await newChannel(people);
    const root = await bob.say(channel, 'root');
    const reply = await bob.reply(root.id, 'reply');
    expect((await bob.messages(channel)).map(({ id }) => id)).toEqual([root.id]);
    expect(await bob.messages(channel, `?before=${reply.id}`)).toHaveLength(1);
  });

  test('of a channel that is not there is a 404', async () => {
    for (const id of ['999999', '0', '-1', 'x', '01', '9'.repeat(30), 'dm:1_2']) {
      expect(await people.bob.statusOf('GET', `/channels/${id}/messages`), id).toBe(404);
      expect(await people.bob.statusOf('POST', `/channels/${id}/messages`, { content: 'x' }), id).toBe(404);
    }
  });
});

describe('a reaction', () => {
  test('MK-41 is listed by emoji and people; twice is once, and none leaves nothing', async () => {
    const { ann, bob, general } = people;
    const { id } = await bob.say(general, 'react to me');
    const react = async (client: typeof bob, method: string, reaction: string) =>
      messageOf((await client.ask(method, `/messages/${id}/reactions`, { reaction })).text).reactions;
    expect(await react(ann, 'POST', '❤\uFE0F')).toEqual({ '❤\uFE0F': [ann.id] });
    expect(await react(bob, 'POST', '❤\uFE0F')).toEqual({ '❤\uFE0F': [ann.id, bob.id] });
    expect(await react(bob, 'POST', '❤\uFE0F')).toEqual({ '❤\uFE0F': [ann.id, bob.id] });
    expect(Object.entries(await react(bob, 'POST', '👍'))).toEqual([
      ['❤\uFE0F', [ann.id, bob.id]],
      ['👍', [bob.id]],
    ]);
    await react(bob, 'DELETE', '👍');
    await react(bob, 'DELETE', '❤\uFE0F');
    expect(await react(ann, 'DELETE', '❤\uFE0F')).toEqual({});
    expect(await react(ann, 'DELETE', '❤\uFE0F')).toEqual({});
    const whole = (await bob.ask('POST', `/messages/${id}/reactions`, { reaction: '🦎' })).text;
    expect(messageOf(whole)).toMatchObject({ content: 'react to me', updatedAt: null, channelId: general });
  });

  test('MK-42 is taken away by whoever put it there, by the emoji in the body', async () => {
    const { ann, bob, general } = people;
    const { id } = await bob.say(general, 'react again');
    for (const client of [ann, bob])
      await client.call('POST', `/messages/${id}/reactions`, { reaction: '👀' });
    await bob.call('POST', `/messages/${id}/reactions`, { reaction: '🎉' });
    const answer = await bob.ask('DELETE', `/messages/${id}/reactions`, { reaction: '👀' });
    expect(messageOf(answer.text).reactions).toEqual({ '👀': [ann.id], '🎉': [bob.id] });
    for (const body of [undefined, {}, { reaction: '' }, { reaction: 5 }, { reaction: 'x'.repeat(65) }]) {
      expect(await bob.statusOf('DELETE', `/messages/${id}/reactions`, body)).toBe(400);
      expect(await bob.statusOf('POST', `/messages/${id}/reactions`, body)).toBe(400);
    }
    expect(await bob.statusOf('POST', '/messages/999999/reactions', { reaction: '👀' })).toBe(404);
  });
});

describe('a thread', () => {
  test('MK-51 is told with every reply, and in the list of the channel', async () => {
    const { bob, cat } = people;
    const channel = await newChannel(people);
    const root = await bob.say(channel, 'root');
    const answer = await cat.call<Record<string, object>>('POST', `/messages/${root.id}/thread`, {
      content: 'a reply',
    });
    const { reply, threadMeta } = answer as { reply: { createdAt: number }; threadMeta: object };
    expect(reply).toMatchObject({
      threadId: root.id,
      channelId: channel,
      content: 'a reply',
      updatedAt: null,
    });
    expect(threadMeta).toEqual({
      replyCount: 1,
      lastReplyAt: reply.createdAt,
      lastReplyBy: { id: cat.id, userName: 'cat' },
      participants: [cat.id],
    });
    expect(await cat.message(channel, root.id)).toMatchObject({ threadMeta, updatedAt: null });
    expect(await bob.replies(root.id)).toEqual([reply]);
    expect(await bob.replies((await bob.say(channel, 'alone')).id)).toEqual([]);
  });

  test('MK-52 begins with messages of channels only', async () => {
    const { ann, bob, general } = people;
    const root = await bob.say(general, 'root');
    const reply = await bob.reply(root.id, 'reply');
    const dm = await bob.say(await bob.converse(ann.id), 'secret');
    for (const id of [reply.id, dm.id]) {
      expect(await bob.statusOf('POST', `/messages/${id}/thread`, { content: 'x' })).toBe(400);
    }
    expect(await bob.statusOf('POST', '/messages/999999/thread', { content: 'x' })).toBe(404);
    expect(await bob.statusOf('POST', `/messages/${root.id}/thread`, {})).toBe(400);
    expect(await bob.statusOf('GET', `/messages/${dm.id}/thread`)).toBe(404);
    expect(await bob.statusOf('GET', '/messages/999999/thread')).toBe(404);
  });

  test('MK-53 counts replies, and lists people in the order of their first', async () => {
    const { ann, bob, cat, general } = people;
    const root = await ann.say(general, 'who?');
    await bob.reply(root.id, '1');
    await cat.reply(root.id, '2');
    await bob.reply(root.id, '3');
    expect((await ann.message(general, root.id)).threadMeta).toMatchObject({
      replyCount: 3,
      participants: [bob.id, cat.id],
      lastReplyBy: { id: bob.id, userName: 'bob' },
    });
  });

  test('MK-53 counts right when many reply at once', async () => {
    const { ann, bob, cat, general } = people;
    const root = await ann.say(general, 'all at once');
    const replying = Array.from({ length: 12 }, (_, turn) =>
      (turn % 2 ? bob : cat).reply(root.id, `${turn}`),
    );
    const replies = await Promise.all(replying);
    const newest = replies.toSorted((a, b) => Number(a.id) - Number(b.id)).at(-1);
    const { threadMeta } = await ann.message(general, root.id);
    expect(threadMeta).toMatchObject({ replyCount: 12, lastReplyAt: newest?.createdAt });
    expect(threadMeta?.participants.toSorted()).toEqual([bob.id, cat.id].toSorted());
    await Promise.all(
      replies.slice(1).map(({ id }) => ann.call('DELETE', `/messages/${root.id}/thread/${id}`)),
    );
    expect((await ann.message(general, root.id)).threadMeta).toMatchObject({
      replyCount: 1,
      lastReplyBy: { id: replies[0]?.author.id },
      participants: [replies[0]?.author.id],
    });
  });

  test('MK-54 is counted anew when a reply is deleted, and gone with the last', async () => {
    const { ann, bob, cat, general } = people;
    const root = await ann.say(general, 'delete some');
    const first = await bob.reply(root.id, '1');
    const second = await cat.reply(root.id, '2');
    expect(await bob.statusOf('DELETE', `/messages/${root.id}/thread/${second.id}`)).toBe(403);
    expect(await cat.statusOf('DELETE', `/messages/${root.id}/thread/${second.id}`)).toBe(200);
    expect((await ann.message(general, root.id)).threadMeta).toEqual({
      replyCount: 1,
      lastReplyAt: first.createdAt,
      lastReplyBy: { id: bob.id, userName: 'bob' },
      participants: [bob.id],
    });
    // as on a reply through the route of messages
    expect(await ann.statusOf('DELETE', `/messages/${first.id}`)).toBe(200);
    expect(await ann.message(general, root.id)).not.toHaveProperty('threadMeta');
    expect(await ann.replies(root.id)).toEqual([]);
  });

  test('MK-55 has no replies of other threads', async () => {
    const { bob, general } = people;
    const [one, other] = [await bob.say(general, 'one'), await bob.say(general, 'other')];
    const reply = await bob.reply(one.id, 'here');
    for (const id of [reply.id, one.id, '999999', 'x']) {
      expect(await bob.statusOf('PUT', `/messages/${other.id}/thread/${id}`, { content: 'x' }), id).toBe(404);
      expect(await bob.statusOf('DELETE', `/messages/${other.id}/thread/${id}`), id).toBe(404);
    }
    expect(await bob.replies(one.id)).toEqual([reply]);
  });

  test('is edited by its author, under the name of a message', async () => {
    const { ann, bob, general } = people;
    const root = await ann.say(general, 'root');
    const reply = await bob.reply(root.id, 'rpely');
    const path = `/messages/${root.id}/thread/${reply.id}`;
    expect(await ann.statusOf('PUT', path, { content: 'x' })).toBe(403);
    expect(messageOf((await bob.ask('PUT', path, { content: 'reply' })).text)).toMatchObject({
      id: reply.id,
      threadId: root.id,
      content: 'reply',
      updatedAt: expect.any(Number),
    });
    expect(await bob.statusOf('PUT', path, {})).toBe(400);
    const page = async (query: string) =>
      (await bob.read<{ replies: { id: string }[] }>(`/messages/${root.id}/thread${query}`)).replies;
    const second = await ann.reply(root.id, 'second');
    expect((await page('?limit=1')).map(({ id }) => id)).toEqual([second.id]);
    expect((await page(`?before=${second.id}`)).map(({ id }) => id)).toEqual([reply.id]);
    expect(await page('?before=nothing')).toEqual([]);
  });
});
