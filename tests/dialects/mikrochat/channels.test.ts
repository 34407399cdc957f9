import { beforeAll, describe, expect, test } from 'vitest';
import { actorOfAccessToken } from '#server/auth/access-token';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import { openDirect } from '#server/domain/direct-messages/open-direct';
import { transaction } from '#server/domain/kernel/transaction';
import { addMember } from '#server/domain/memberships/add-member';
import { postNotice } from '#server/domain/messages/post-notice';
import type { MikrochatClient, MikroMessage } from '#tests/support/mikrochat-client';
import { newChannel, withMikrochatPeople } from '#tests/support/mikrochat-people';

const people = withMikrochatPeople();

type Channel = { id: string; name: string; updatedAt?: number; createdBy?: string; topic?: string };
const channelIn = (text: string): Channel => JSON.parse(text).channel;
const actorOf = async (client: MikrochatClient) => {
  const actor = await actorOfAccessToken(client.tokens.accessToken);
  if (!actor) throw new Error('no actor');
  return actor;
};

describe('channels', () => {
  test('MK-29 begin with General, which keeps its name and stays', async () => {
    const { ann, bob, general } = people;
    const [first] = await bob.channels();
    expect(first).toEqual({ id: general, name: 'General', createdAt: expect.any(Number) });
    expect(await ann.statusOf('PUT', `/channels/${general}`, { name: 'Lobby' })).toBe(400);
    expect(await ann.statusOf('PUT', `/channels/${general}`, { name: 'General' })).toBe(400);
    expect(await ann.statusOf('DELETE', `/channels/${general}`)).toBe(400);
    expect(await ann.statusOf('POST', '/channels', { name: 'General' })).toBe(400);
    expect((await bob.channels())[0]?.name).toBe('General');
  });

  test('MK-30 are made, renamed and deleted by administrators, under names of their own', async () => {
    const { ann, bob } = people;
    const made = await ann.ask('POST', '/channels', {
      name: ' Plans ',
      topic: 'what next',
      isPrivate: false,
      members: [],
    });
    const channel = channelIn(made.text);
    expect(channel).toMatchObject({ name: 'Plans', topic: 'what next', createdBy: ann.id });
    const path = `/channels/${channel.id}`;
    for (const body of [{}, { name: '' }, { name: '   ' }, { name: 5 }, { name: 'Plans' }, { name: '<b>' }]) {
      expect(await ann.statusOf('POST', '/channels', body), JSON.stringify(body)).toBe(400);
    }
    // strangers to the office learn nothing from the checks
    for (const body of [{ name: 'Plans' }, {}, undefined, '{']) {
      expect(await bob.statusOf('POST', '/channels', body)).toBe(403);
      expect(await bob.statusOf('PUT', path, body)).toBe(403);
      expect(await bob.statusOf('PUT', '/channels/999999', body)).toBe(403);
    }
    expect(await bob.statusOf('DELETE', path)).toBe(403);
    const renamed = channelIn((await ann.ask('PUT', path, { name: 'Old plans', topic: null })).text);
    expect(renamed).toMatchObject({ id: channel.id, name: 'Old plans', updatedAt: expect.any(Number) });
    expect(renamed).not.toHaveProperty('topic');
    expect(await ann.statusOf('PUT', path, { name: 'Old plans' })).toBe(200);
    const other = await newChannel(people);
    expect(await ann.statusOf('PUT', `/channels/${other}`, { name: 'Old plans' })).toBe(400);
    for (const id of ['999999', 'x', 'general']) {
      expect(await ann.statusOf('PUT', `/channels/${id}`, { name: 'free' })).toBe(404);
      expect(await ann.statusOf('DELETE', `/channels/${id}`)).toBe(404);
    }
    expect(await ann.statusOf('DELETE', path)).toBe(200);
    expect(await ann.statusOf('DELETE', path)).toBe(404);
  });

  test('MK-31 take what is in them along, webhooks too', async () => {
    const { ann, bob } = people;
    const channel = await newChannel(people);
    const { id } = await bob.say(channel, 'soon gone');
    const reply = await bob.reply(id, 'me too');
    type Made = { webhook: { id: string; token: string } };
    const { webhook } = await ann.call<Made>('POST', '/webhooks', { name: 'ci', channelId: channel });
    expect(await ann.statusOf('DELETE', `/channels/${channel}`)).toBe(200);
    expect(await bob.statusOf('GET', `/channels/${channel}/messages`)).toBe(404);
    expect(await bob.statusOf('POST', `/channels/${channel}/messages`, { content: 'x' })).toBe(404);
    for (const message of [id, reply.id]) {
      expect(await bob.statusOf('PUT', `/messages/${message}`, { content: 'x' })).toBe(404);
      expect(await bob.statusOf('POST', `/messages/${message}/reactions`, { reaction: '👀' })).toBe(404);
    }
    expect(await bob.statusOf('GET', `/messages/${id}/thread`)).toBe(404);
    const post = await bob.ask(
      'POST',
      `/webhooks/${webhook.id}/messages`,
      { content: 'x' },
      {
        authorization: `Bearer ${webhook.token}`,
      },
    );
    expect(post.status).toBe(401);
  });

  test('of a few people are listed for those, by their own name or their people’s', async () => {
    const [ann, bob, cat] = await Promise.all([people.ann, people.bob, people.cat].map(actorOf));
    if (!ann || !bob || !cat) throw new Error('three people');
    const { id: room } = await createPrivateChannel(ann, { name: 'Back room' });
    await addMember(ann, { conversationId: room, username: 'bob' });
    const group = await openDirect(ann, [bob.accountId, cat.accountId]);
    const listed = await people.bob.channels();
    expect(listed).toContainEqual(
      expect.objectContaining({ id: String(room), name: 'Back room', isPrivate: true }),
    );
    expect(listed).toContainEqual(
      expect.objectContaining({ id: String(group), name: 'ann, bob, cat', isPrivate: true }),
    );
    const shown = listed.find(({ id }) => id === String(room)) as { members?: string[] } | undefined;
    expect(shown?.members).toEqual([people.ann.id, people.bob.id]);
    expect((await people.cat.channels()).some(({ id }) => id === String(room))).toBe(false);
    expect(await people.cat.statusOf('GET', `/channels/${room}/messages`)).toBe(404);
    expect((await people.bob.say(String(room), 'psst')).channelId).toBe(String(room));
    expect((await people.cat.say(String(group), 'all three')).channelId).toBe(String(group));
  });

  test('may be for some from the beginning', async () => {
    const { ann, bob, cat } = people;
    const body = { name: 'Inner circle', isPrivate: true, members: [bob.id, '999999', 'nobody'] };
    expect(await bob.statusOf('POST', '/channels', body)).toBe(403);
    const channel = channelIn((await ann.ask('POST', '/channels', body)).text);
    expect(channel).toMatchObject({ name: 'Inner circle', isPrivate: true, members: [ann.id, bob.id] });
    expect((await bob.channels()).some(({ id }) => id === channel.id)).toBe(true);
    expect(await cat.statusOf('GET', `/channels/${channel.id}/messages`)).toBe(404);
    const renamed = channelIn((await ann.ask('PUT', `/channels/${channel.id}`, { name: 'Circle' })).text);
    expect(renamed).toMatchObject({ id: channel.id, name: 'Circle', isPrivate: true });
    expect(await bob.statusOf('PUT', `/channels/${channel.id}`, { name: 'Mine' })).toBe(403);
    // it has no end of its own: those in it leave
    expect(await ann.statusOf('DELETE', `/channels/${channel.id}`)).toBe(404);
  });

  test('do not show what Parley itself writes', async () => {
    const channel = await newChannel(people);
    await transaction((db) => postNotice(db, Number(channel), 'somebody has joined'));
    const said = await people.bob.say(channel, 'hello');
    expect((await people.bob.messages(channel)).map(({ id }) => id)).toEqual([said.id]);
  });
});

describe('the server’s name', () => {
  test('MK-62 is MikroChat until an administrator gives it another', async () => {
    const { ann, bob } = people;
    expect(await bob.read('/server/settings')).toEqual({ name: 'MikroChat' });
    expect(await bob.statusOf('PUT', '/server/settings', { name: 'Bob’s' })).toBe(403);
    expect(await bob.statusOf('PUT', '/server/settings', {})).toBe(403);
    for (const body of [{}, { name: '' }, { name: '  ' }, { name: 1 }, { name: 'x'.repeat(101) }]) {
      expect(await ann.statusOf('PUT', '/server/settings', body)).toBe(400);
    }
    expect(await ann.call('PUT', '/server/settings', { name: ' Ours ' })).toEqual({ name: 'Ours' });
    expect(await bob.read('/server/settings')).toEqual({ name: 'Ours' });
  });
});

describe('a webhook', () => {
  type Webhook = { id: string; name: string; channelId: string; token: string };
  let webhook: Webhook;
  beforeAll(async () => {
    const body = { name: 'CI', channelId: people.general };
    ({ webhook } = await people.ann.call<{ webhook: Webhook }>('POST', '/webhooks', body));
  });
  const post = (id: string, token: string | null, body: unknown = { content: 'built' }) =>
    people.door.ask({
      method: 'POST',
      path: `/webhooks/${id}/messages`,
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      body: Buffer.from(JSON.stringify(body)),
    });

  test('MK-63 shows its token once', async () => {
    expect(webhook.token).toMatch(/^[0-9a-f]{64}$/);
    expect(webhook).toMatchObject({ name: 'CI', channelId: people.general, createdBy: people.ann.id });
    const { webhooks } = await people.ann.read<{ webhooks: Webhook[] }>('/webhooks');
    expect(webhooks).toContainEqual({ ...webhook, token: undefined });
    expect(JSON.stringify(webhooks)).not.toContain(webhook.token);
  });

  test('MK-64 posts under its own name, with its own token only', async () => {
    const answer = await post(webhook.id, webhook.token);
    expect(answer.status).toBe(200);
    const message: MikroMessage = JSON.parse(answer.text).message;
    expect(message).toMatchObject({
      author: { id: `webhook:${webhook.id}`, userName: 'CI', isBot: true },
      content: 'built',
      channelId: people.general,
    });
    expect(await people.bob.messages(people.general)).toContainEqual(message);
    for (const body of [{}, { content: ' ' }, { content: 4 }, { images: [] }]) {
      expect((await post(webhook.id, webhook.token, body)).status).toBe(400);
    }
    const { webhook: other } = await people.ann.call<{ webhook: Webhook }>('POST', '/webhooks', {
      name: 'Other',
      channelId: people.general,
    });
    expect((await post(webhook.id, other.token)).status).toBe(403);
    for (const token of [null, 'x', 'f'.repeat(64), people.ann.tokens.accessToken]) {
      expect((await post(webhook.id, token)).status).toBe(401);
    }
    // nobody edits it, everybody may answer it, administrators may take it away
    const path = `/messages/${message.id}`;
    for (const client of [people.ann, people.bob]) {
      expect(await client.statusOf('PUT', path, { content: 'x' })).toBe(403);
    }
    expect((await people.bob.reply(message.id, 'thanks')).threadId).toBe(message.id);
    expect(await people.bob.statusOf('POST', `${path}/reactions`, { reaction: '🎉' })).toBe(200);
    expect(await people.bob.statusOf('DELETE', path)).toBe(403);
    expect(await people.ann.statusOf('DELETE', path)).toBe(200);
  });

  test('MK-65 is run by administrators', async () => {
    const { ann, bob } = people;
    expect(await bob.statusOf('GET', '/webhooks')).toBe(403);
    for (const body of [{ name: 'x', channelId: people.general }, {}, '{']) {
      expect(await bob.statusOf('POST', '/webhooks', body)).toBe(403);
    }
    expect(await bob.statusOf('DELETE', `/webhooks/${webhook.id}`)).toBe(403);
    expect(await bob.statusOf('DELETE', '/webhooks/999999')).toBe(403);
    for (const body of [
      {},
      { name: 'x' },
      { channelId: people.general },
      { name: ' ', channelId: people.general },
    ]) {
      expect(await ann.statusOf('POST', '/webhooks', body), JSON.stringify(body)).toBe(400);
    }
    for (const channelId of ['999999', 'x', 'dm:1_2']) {
      expect(await ann.statusOf('POST', '/webhooks', { name: 'x', channelId })).toBe(404);
    }
    const posted: MikroMessage = JSON.parse((await post(webhook.id, webhook.token)).text).message;
    expect(await ann.statusOf('DELETE', `/webhooks/${webhook.id}`)).toBe(200);
    expect(await ann.statusOf('DELETE', `/webhooks/${webhook.id}`)).toBe(404);
    expect((await post(webhook.id, webhook.token)).status).toBe(401);
    // what it said stays, in its name
    expect(await bob.message(people.general, posted.id)).toEqual(posted);
  });
});
