// Impatient people and unlucky moments, over HTTP: everything twenty times at once.
import { afterAll, describe, expect, inject, test } from 'vitest';
import { doorTo } from '#tests/support/door';
import { MinimostClient, PASSWORD, signUp } from '#tests/support/minimost-client';
import { webApp } from '#tests/support/web-app';

const baseUrl = inject('baseUrl');
const door = doorTo(baseUrl);
afterAll(() => door.close());

const times = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

describe('at the same moment', () => {
  test('twenty sends with one client key store one message, and all are told of it', async () => {
    const alice = await signUp(door, 'racer-keys');
    const web = webApp(baseUrl, alice.cookie);
    const conversationId = await webIdOf(alice, 'general');
    const entries = [{ text: 'one' }, { text: 'two' }];
    const answers = await times(20, () =>
      web.messages.send.mutate({ conversationId, entries, clientKey: 'the same' }),
    );
    const ids = answers.map((messages) => messages.map(({ id }) => id).join());
    expect(new Set(ids).size).toBe(1);
    expect(new Set(answers.map((messages) => messages.map(({ seq }) => seq).join())).size).toBe(1);
    const { messages } = await web.messages.page.query({ conversationId, limit: 100 });
    const own = messages.filter(({ sender }) => sender?.name === 'racer-keys');
    expect(own.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  test('one key is every sender’s own', async () => {
    const people = await times(4, (index) => signUp(door, `racer-own-${index}`));
    const conversationId = await webIdOf(people[0] as MinimostClient, 'general');
    const sent = await Promise.all(
      people.flatMap(({ cookie, username }) =>
        [1, 2, 3].map(async () => {
          const draft = { conversationId, entries: [{ text: username }], clientKey: 'shared key' };
          const [message] = await webApp(baseUrl, cookie).messages.send.mutate(draft);
          return { username, text: message?.text, id: message?.id };
        }),
      ),
    );
    expect(sent.every(({ username, text }) => username === text)).toBe(true);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(people.length);
  });

  test('names that differ only in case become one account', async () => {
    const spellings = ['race-anna', 'RACE-ANNA', 'Race-Anna', 'rAcE-aNnA', 'race-ANNA', 'RACE-anna'];
    const answers = await Promise.all(
      spellings.map((username) =>
        new MinimostClient(door).post('/signup', {
          username,
          password: PASSWORD,
          confirm_password: PASSWORD,
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(1);
    expect(answers.every(({ status }) => status < 500)).toBe(true);
    const reader = await signUp(door, 'racer-names');
    const users = await reader.read<string[]>('/users');
    expect(users.filter((name) => name.toLowerCase() === 'race-anna')).toHaveLength(1);
  });

  test('a direct conversation opened from both sides, in both faces, is one', async () => {
    const [ann, ben] = [await signUp(door, 'racer-ann'), await signUp(door, 'racer-ben')];
    const [annId, benId] = [await accountOf(ann), await accountOf(ben)];
    const channel = 'dm:racer-ann:racer-ben';
    const opened = await times(20, async (index) => {
      if (index % 4 === 0)
        return webApp(baseUrl, ann.cookie).conversations.openDirect.mutate({ accountIds: [benId] });
      if (index % 4 === 1)
        return webApp(baseUrl, ben.cookie).conversations.openDirect.mutate({ accountIds: [annId] });
      const answer = await (index % 4 === 2 ? ann : ben).post(`/send/${channel}`, { text: `hi ${index}` });
      expect(answer.status).toBe(200);
      return null;
    });
    expect(new Set(opened.filter((id) => id !== null)).size).toBe(1);
    const texts = (await ann.messages(channel)).map(({ content }) => content).sort();
    expect(texts).toEqual([10, 11, 14, 15, 18, 19, 2, 3, 6, 7].map((index) => `hi ${index}`));
    for (const { cookie } of [ann, ben]) {
      const direct = (await webApp(baseUrl, cookie).conversations.list.query()).filter(
        ({ kind }) => kind === 'direct',
      );
      expect(direct.map(({ id }) => id)).toEqual(opened.slice(0, 1));
    }
  });

  test('reaction toggles of many end as their number says', async () => {
    const people = await times(8, (index) => signUp(door, `racer-r${index}`));
    const [first] = people as [MinimostClient];
    const { id } = await first.say('general', 'race for it');
    // whoever toggles an even number of times ends without, an odd number with
    const statuses = await Promise.all(
      people.flatMap((client, index) =>
        Array.from({ length: index + 1 }, async () => {
          const { status } = await client.post(`/react/${id}`, { reaction: 'fire' });
          return status;
        }),
      ),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    const { reactions } = await first.message('general', id);
    const names = (JSON.parse(reactions ?? '{}') as Record<string, string[]>).fire ?? [];
    expect([...names].sort()).toEqual(['racer-r0', 'racer-r2', 'racer-r4', 'racer-r6']);
  });

  test('saying twenty times that a reaction shall be there puts it there once', async () => {
    const alice = await signUp(door, 'racer-set');
    const web = webApp(baseUrl, alice.cookie);
    const { id: messageId } = await alice.say('general', 'like it');
    await times(20, () => web.reactions.set.mutate({ messageId, emoji: '👍', on: true }));
    const { reactions } = await web.messages.get.query({ messageId });
    expect(reactions.map(({ emoji, people }) => [emoji, people.length])).toEqual([['👍', 1]]);
  });

  test('an edit, a deletion and a reaction leave a message that is gone', async () => {
    const [ann, ben] = [await signUp(door, 'racer-edit'), await signUp(door, 'racer-late')];
    const { id } = await ann.say('general', 'short-lived');
    const answers = await times(18, (index) => {
      if (index === 9) return ann.post(`/delete/${id}`);
      return index % 2
        ? ann.post(`/edit/${id}`, { text: `edit ${index}` })
        : ben.post(`/react/${id}`, { reaction: 'fire' });
    });
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect(await ben.message('general', id)).toMatchObject({ deleted: 1, content: null });
    expect((await ann.post(`/edit/${id}`, { text: 'again' })).status).toBeGreaterThanOrEqual(400);
  });

  test('somebody added and leaving again and again is in or out, and never twice', async () => {
    const [ann, ben] = [await signUp(door, 'racer-host'), await signUp(door, 'racer-guest')];
    const created = await ann.postJson('/private_channels/create', { name: 'door', members: [] });
    const { id, channel } = JSON.parse(created.text) as { id: number; channel: string };
    const answers = await times(20, (index) =>
      index % 2
        ? ann.postJson(`/private_channels/${id}/add_member`, { username: 'racer-guest' })
        : ben.post(`/private_channels/${id}/leave`),
    );
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const members = await ann.read<string[]>(`/channel_members/${channel}`);
    expect(new Set(members).size).toBe(members.length);
    const mayRead = (await ben.get(`/messages/${channel}`)).status === 200;
    expect(members.includes('racer-guest')).toBe(mayRead);
  });
});

async function webIdOf(client: MinimostClient, channel: string): Promise<number> {
  const conversations = await webApp(baseUrl, client.cookie).conversations.list.query();
  return conversations.find(({ name }) => name === channel)?.id as number;
}

async function accountOf({ cookie }: MinimostClient): Promise<number> {
  return (await webApp(baseUrl, cookie).session.current.query())?.accountId as number;
}
