import { describe, expect, test } from 'vitest';
import type { MikroMessage } from '#tests/support/mikrochat-client';
import { newChannel, withMikrochatPeople } from '#tests/support/mikrochat-people';

const people = withMikrochatPeople();

describe('a search', () => {
  const find = async (query: string, client = people.bob) =>
    (await client.read<{ messages: MikroMessage[] }>(`/search/messages?${query}`)).messages;

  test('finds what I may read, newest first, by a part of its text', async () => {
    const { ann, bob, cat } = people;
    const channel = await newChannel(people);
    const one = await bob.say(channel, 'The Heron stands still');
    const two = await cat.reply(one.id, 'a heron flies');
    const dm = await bob.converse(cat.id);
    const secret = await cat.say(dm, 'heron, between us');
    expect((await find('q=HERON')).map(({ id }) => id)).toEqual([secret.id, two.id, one.id]);
    expect((await find('q=heron', ann)).map(({ id }) => id)).toEqual([two.id, one.id]);
    expect((await find('q=heron'))[0]?.channelId).toBe(dm);
    expect((await find(`q=heron&channelId=${channel}&limit=1`)).map(({ id }) => id)).toEqual([two.id]);
    expect((await find(`q=heron&conversationId=${dm}`)).map(({ id }) => id)).toEqual([secret.id]);
    expect(await find(`q=heron&conversationId=${dm}`, ann)).toEqual([]);
    expect((await find(`q=heron&authorId=${bob.id}`)).map(({ id }) => id)).toEqual([one.id]);
    expect((await find(`q=heron&from=${two.createdAt}&to=${two.createdAt}`)).map(({ id }) => id)).toContain(
      two.id,
    );
    expect(await find(`q=heron&from=${secret.createdAt + 1_000}`)).toEqual([]);
    for (const nothing of [
      '',
      'q=',
      'q=%20',
      'q=heron&channelId=x',
      'q=heron&conversationId=y',
      'q=heron&authorId=z',
    ]) {
      expect(await find(nothing), nothing).toEqual([]);
    }
  });
});

describe('a pin', () => {
  test('is anybody’s to set, and listed with the latest first', async () => {
    const { bob, cat } = people;
    const channel = await newChannel(people);
    const [one, two] = [await bob.say(channel, 'one'), await bob.say(channel, 'two')];
    type Pinned = { message: MikroMessage };
    const pinned = await cat.call<Pinned>('POST', `/messages/${one.id}/pin`);
    expect(pinned.message).toMatchObject({ id: one.id, pinnedAt: expect.any(Number), updatedAt: null });
    await bob.call('POST', `/messages/${two.id}/pin`);
    const pins = async () =>
      (await bob.read<{ messages: MikroMessage[] }>(`/channels/${channel}/pins`)).messages;
    expect((await pins()).map(({ id }) => id)).toEqual([two.id, one.id]);
    const unpinned = await bob.call<Pinned>('DELETE', `/messages/${one.id}/pin`);
    expect(unpinned.message).not.toHaveProperty('pinnedAt');
    expect((await pins()).map(({ id }) => id)).toEqual([two.id]);
    expect(await bob.statusOf('POST', '/messages/999999/pin')).toBe(404);
    expect(await bob.statusOf('GET', '/channels/999999/pins')).toBe(404);
  });
});

describe('the log', () => {
  type Page = {
    actions: string[];
    entries: { id: string; action: string; actorId: string; targetId?: string; createdAt: number }[];
    total: number;
    hasMore: boolean;
    limit: number;
    offset: number;
  };

  test('shows administrators what was done, in pages', async () => {
    const { ann, bob } = people;
    for (const name of ['One', 'Two', 'Three']) await ann.call('PUT', '/server/settings', { name });
    expect(await bob.statusOf('GET', '/admin/audit-log')).toBe(403);
    const read = (query: string) => ann.read<Page>(`/admin/audit-log?${query}`);
    const page = await read('limit=2&category=server&action=server.settings.update');
    expect(page).toMatchObject({ limit: 2, offset: 0, hasMore: true });
    expect(page.actions).toEqual(
      expect.arrayContaining(['user.create', 'user.remove', 'user.role.update', 'webhook.create']),
    );
    expect(page.entries).toMatchObject([{ actorId: ann.id }, { action: 'server.settings.update' }]);
    const next = await read('limit=2&offset=2&action=server.settings.update');
    expect(next.entries.length).toBeGreaterThan(0);
    expect(Number(next.entries[0]?.id)).toBeLessThan(Number(page.entries[1]?.id));
    expect((await read(`from=${Date.now() + 60_000}`)).entries).toEqual([]);
    expect((await read('limit=abc&offset=-1&category=nonsense&from=x')).limit).toBe(25);
    expect((await read('limit=1000')).limit).toBe(100);
  });
});

describe('the export', () => {
  test('gives administrators what they may read, and no secrets', async () => {
    const { ann, bob, cat, general } = people;
    const said = await bob.say(general, 'for the record');
    const dm = await bob.converse(cat.id);
    await bob.say(dm, 'off the record');
    await ann.call('POST', '/webhooks', { name: 'exported', channelId: general });
    expect(await bob.statusOf('GET', '/admin/export')).toBe(403);
    const answer = await ann.ask('GET', '/admin/export');
    const exported = JSON.parse(answer.text);
    expect(exported).toMatchObject({
      exportedAt: expect.any(Number),
      serverSettings: { name: expect.any(String) },
      users: expect.arrayContaining([expect.objectContaining({ id: bob.id, email: 'bob@example.org' })]),
      channels: expect.arrayContaining([expect.objectContaining({ id: general, name: 'General' })]),
      webhooks: [expect.objectContaining({ name: 'exported' })],
      conversations: [],
    });
    expect(exported.messages).toContainEqual(said);
    expect(exported.auditLog.length).toBeGreaterThan(0);
    expect(answer.text).not.toMatch(/off the record|argon2|passwordHash|"token"/);
  });
});
