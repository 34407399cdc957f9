import { describe, expect, test } from 'vitest';
import { register } from '#tests/support/mikrochat-client';
import { withMikrochatPeople } from '#tests/support/mikrochat-people';

const people = withMikrochatPeople();

type Opened = {
  conversation: { id: string; otherUser: object | null; participants: string[] };
  isNew: boolean;
};
type Listed = { id: string; lastMessageAt?: number; updatedAt?: number; otherUser: { id: string } | null };
const open = (client: typeof people.ann, targetUserId: unknown) =>
  client.call<Opened>('POST', '/conversations', { targetUserId });
const list = async (client: typeof people.ann) =>
  (await client.read<{ conversations: Listed[] }>('/conversations')).conversations;

describe('a conversation', () => {
  test('MK-56 is one for two people, whoever opens it', async () => {
    const { ann, bob } = people;
    const mine = await open(ann, bob.id);
    const participants = [ann.id, bob.id].sort();
    expect(mine).toEqual({
      conversation: {
        id: `dm:${participants.join('_')}`,
        participants,
        createdAt: expect.any(Number),
        otherUser: { id: bob.id, userName: 'bob' },
      },
      isNew: true,
    });
    expect(await open(bob, ann.id)).toEqual({
      conversation: { ...mine.conversation, otherUser: { id: ann.id, userName: 'ann' } },
      isNew: false,
    });
    expect((await open(ann, bob.id)).isNew).toBe(false);
  });

  test('MK-56 sorts its two ids as texts, and is new for one of two who open it at once', async () => {
    const late = [];
    for (let number = 0; number < 9; number++)
      late.push(await register(people.door, `late${number}@example.org`));
    const [nine, ten] = [late.find(({ id }) => id.length === 1), late.find(({ id }) => id.length === 2)];
    if (!nine || !ten) throw new Error('ids of one and of two digits');
    const opened = await Promise.all([open(nine, ten.id), open(ten, nine.id), open(nine, ten.id)]);
    expect(new Set(opened.map(({ conversation }) => conversation.id))).toEqual(
      new Set([`dm:${ten.id}_${nine.id}`]),
    );
    expect(opened.filter(({ isNew }) => isNew).length).toBe(1);
    expect((await nine.say(`dm:${ten.id}_${nine.id}`, 'hi')).channelId).toBe(`dm:${ten.id}_${nine.id}`);
    expect(await nine.statusOf('GET', `/conversations/dm:${nine.id}_${ten.id}/messages`)).toBe(404);
  });

  test('MK-57 needs somebody else, who exists', async () => {
    const { ann } = people;
    for (const body of [{}, { targetUserId: ann.id }, { targetUserId: 5 }, { targetUserId: null }]) {
      expect(await ann.statusOf('POST', '/conversations', body), JSON.stringify(body)).toBe(400);
    }
    for (const targetUserId of ['999999', 'nobody', '', 'me']) {
      expect(await ann.statusOf('POST', '/conversations', { targetUserId })).toBe(404);
    }
  });

  test('MK-58 is closed to others, administrators included; an unknown one is not there', async () => {
    const { ann, bob, cat } = people;
    const { conversation } = await open(bob, cat.id);
    const { id: message } = await bob.say(conversation.id, 'between us');
    const calls: [string, string, unknown?][] = [
      ['GET', '/messages'],
      ['POST', '/messages', { content: 'x' }],
      ['PUT', `/messages/${message}`, { content: 'x' }],
      ['DELETE', `/messages/${message}`],
      ['POST', '/messages/image', { filename: 'a.png', image: 'eA==' }],
      ['GET', '/messages/image/1700000000000-0123456789abcdef0123456789abcdef.png'],
    ];
    for (const [method, path, body] of calls) {
      expect(await ann.statusOf(method, `/conversations/${conversation.id}${path}`, body), path).toBe(403);
      for (const id of ['dm:1_999999', 'dm:x_y', 'conv123', '1', `dm:${bob.id}`]) {
        expect(await ann.statusOf(method, `/conversations/${id}${path}`, body), `${id} ${path}`).toBe(404);
      }
    }
    // whether or not the body would have been right
    expect(await ann.statusOf('POST', `/conversations/${conversation.id}/messages`, '{')).toBe(403);
  });

  test('MK-59 is addressed raw or percent-encoded', async () => {
    const { ann, bob } = people;
    const id = await ann.converse(bob.id);
    await ann.say(id, 'hello');
    for (const written of [id, id.replace(':', '%3A'), id.replace(':', '%3a').replace('_', '%5F')]) {
      const { messages } = await bob.read<{ messages: object[] }>(`/conversations/${written}/messages`);
      expect(messages.length, written).toBeGreaterThan(0);
    }
    expect(await bob.statusOf('GET', `/conversations/${id.replace(':', '%253A')}/messages`)).toBe(404);
  });

  test('MK-60 rises to the top of both lists with every message', async () => {
    const { ann, bob, cat } = people;
    const [withBob, withCat] = [await ann.converse(bob.id), await ann.converse(cat.id)];
    for (const place of [withBob, withCat, withBob]) {
      const { createdAt } = await ann.say(place, 'ping');
      for (const client of [ann, place === withBob ? bob : cat]) {
        const [first] = await list(client);
        expect(first).toMatchObject({ id: place, lastMessageAt: createdAt, updatedAt: createdAt });
      }
    }
    const stranger = await register(people.door, 'quiet@example.org');
    await open(stranger, ann.id);
    expect((await list(stranger))[0]).not.toHaveProperty('lastMessageAt');
  });

  test('MK-61 has messages that their author alone edits or deletes', async () => {
    const { ann, bob } = people;
    const id = await ann.converse(bob.id);
    const { id: message } = await bob.say(id, 'mine');
    const path = `/conversations/${id}/messages/${message}`;
    for (const method of ['PUT', 'DELETE'])
      expect(await ann.statusOf(method, path, { content: 'x' })).toBe(403);
    const edited = await bob.ask('PUT', path, { content: 'still mine', images: [] });
    expect(JSON.parse(edited.text).message).toMatchObject({ content: 'still mine', channelId: id });
    const elsewhere = await bob.say(people.general, 'in a channel');
    const other = await bob.say(await bob.converse(people.cat.id), 'in another');
    for (const wrong of [elsewhere.id, other.id, '999999', 'x']) {
      expect(await bob.statusOf('PUT', `/conversations/${id}/messages/${wrong}`, { content: 'x' })).toBe(404);
      expect(await bob.statusOf('DELETE', `/conversations/${id}/messages/${wrong}`)).toBe(404);
    }
    expect(await bob.statusOf('DELETE', path)).toBe(200);
    expect(await bob.statusOf('DELETE', path)).toBe(404);
  });

  test('MK-43 has reactions by its two people alone', async () => {
    const { ann, bob, cat } = people;
    const { id } = await bob.say(await bob.converse(cat.id), 'react');
    const path = `/messages/${id}/reactions`;
    for (const method of ['POST', 'DELETE']) {
      expect(await ann.statusOf(method, path, { reaction: '👍' })).toBe(403);
      expect(await ann.statusOf(method, path, {})).toBe(403);
    }
    const answer = await cat.ask('POST', path, { reaction: '👍' });
    expect(JSON.parse(answer.text).message.reactions).toEqual({ '👍': [cat.id] });
  });

  test('MK-44 has messages that the routes of channels do not know', async () => {
    const { ann, bob } = people;
    const { id } = await bob.say(await bob.converse(ann.id), 'elsewhere');
    for (const client of [ann, bob]) {
      expect(await client.statusOf('PUT', `/messages/${id}`, { content: 'x' })).toBe(404);
      expect(await client.statusOf('DELETE', `/messages/${id}`)).toBe(404);
    }
    expect(await bob.statusOf('POST', `/messages/${id}/pin`)).toBe(400);
  });
});
