import { get } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { changePublicChannel } from '#server/domain/channels/change-public-channel';
import { createPublicChannel } from '#server/domain/channels/create-public-channel';
import { deletePublicChannel } from '#server/domain/channels/delete-public-channel';
import type { Actor } from '#server/domain/kernel/actor';
import { prisma } from '#server/platform/database';
import { type MessageRow, type MinimostClient, signUp } from '#tests/support/minimost-client';
import { withPeople } from '#tests/support/minimost-people';

const people = withPeople();
type Event = { event: string; id: string | undefined; data: unknown };
const open: (() => void)[] = [];

afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** Reads a stream until it ends or the test is over. */
async function follow(client: MinimostClient, query: string, headers: Record<string, string> = {}) {
  const { port } = new URL(people.door.base);
  const events: Event[] = [];
  let ended = false;
  const status = await new Promise<number>((resolve, reject) => {
    const request = get(
      {
        port,
        host: '127.0.0.1',
        path: `/events${query}`,
        agent: false,
        headers: { cookie: client.cookie, ...headers },
      },
      (answer) => {
        resolve(answer.statusCode ?? 0);
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          const blocks = (text + chunk).split('\n\n');
          text = blocks.pop() ?? '';
          for (const block of blocks) if (!block.startsWith(':')) events.push(parse(block));
        });
        answer.on('close', () => {
          ended = true;
        });
        answer.on('error', () => {});
      },
    );
    request.on('error', reject);
    open.push(() => request.destroy());
  });
  return {
    status,
    events,
    isEnded: () => ended,
    rows: () => of(events, 'messages').flat() as MessageRow[],
    latest: (event: string) => of(events, event).at(-1),
  };
}

function of(events: Event[], name: string): unknown[] {
  return events.filter((one) => one.event === name).map((one) => one.data);
}

function parse(block: string): Event {
  const field = (name: string) =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  return { event: field('event') ?? '', id: field('id'), data: JSON.parse(field('data') ?? 'null') };
}

const soon = (check: () => void) => vi.waitFor(check, { timeout: 8000, interval: 50 });

describe('the stream', () => {
  test('begins with what is new since a moment, and goes on with what happens', async () => {
    const old = await people.alice.say('general', 'before');
    const row = await people.alice.say('general', 'missed');
    const stream = await follow(people.bob, `?channel=general&after=${old.ts}`);
    expect(stream.status).toBe(200);
    await soon(() => expect(stream.rows()).toEqual([row]));
    const live = await people.carol.say('general', 'live');
    await people.carol.say('software', 'elsewhere');
    await people.carol.post(`/edit/${live.id}`, { text: 'live, edited' });
    await people.alice.post(`/react/${live.id}`, { reaction: 'fire' });
    await people.carol.post(`/delete/${live.id}`);
    await soon(() => expect(stream.rows().at(-1)).toMatchObject({ id: live.id, deleted: 1 }));
    expect(stream.rows().at(-1)).toEqual(await people.bob.message('general', live.id));
    expect(stream.rows().every((one) => one.channel === 'general')).toBe(true);
  });

  test('goes on where it ended', async () => {
    const stream = await follow(people.bob, '?channel=firmware');
    await people.alice.say('firmware', 'seen');
    await soon(() => expect(stream.rows()).toHaveLength(1));
    const id = stream.events.findLast((one) => one.event === 'messages')?.id ?? '';
    open.pop()?.();
    const missed = await people.alice.say('firmware', 'while away');
    const again = await follow(people.bob, '?channel=firmware&after=0', { 'last-event-id': id });
    await soon(() => expect(again.rows()).toEqual([missed]));
  });

  test('shows the lists whenever they change, as their endpoints do', async () => {
    const dora = await signUp(people.door, 'dora');
    const stream = await follow(dora, '?channel=software');
    await soon(() => expect(stream.latest('channel_unreads')).toBeDefined());
    for (const [event, path] of [
      ['channel_unreads', '/channel_unreads'],
      ['dms', '/dms'],
      ['private_channels', '/private_channels'],
      ['mentions', '/mentions'],
      ['unread_count', '/unread_count'],
      ['online_users', '/online_users'],
      ['read_receipts', '/read_receipts/software'],
      ['typing', '/typing/software'],
    ] as const) {
      await soon(() => expect(stream.latest(event), event).toBeDefined());
      expect(stream.latest(event), event).toEqual(await dora.read(path));
    }
    await people.alice.say('dm:alice:dora', 'psst');
    await people.alice.say('systems', '@dora over here');
    await people.alice.post('/typing/software');
    await people.alice.postJson('/presence', { state: 'hidden' });
    await soon(() => {
      expect(stream.latest('typing')).toEqual(['alice']);
      expect(stream.latest('online_users')).toMatchObject({ alice: 'hidden' });
      expect(stream.latest('dms')).toEqual([{ channel: 'dm:alice:dora', users: ['alice'], unread: 1 }]);
      expect(stream.latest('channel_unreads')).toMatchObject({ systems: 1 });
      expect(stream.latest('mentions')).toMatchObject([{ content: '@dora over here' }]);
    });
  });

  test('follows a direct conversation from before its first message', async () => {
    const stream = await follow(people.bob, '?channel=dm:bob:carol');
    await people.carol.say('dm:bob:carol', 'the first');
    await soon(() => expect(stream.rows().map((row) => row.content)).toEqual(['the first']));
  });

  test('is for those in the channel, as long as they are', async () => {
    for (const channel of ['secret', 'dm:alice:carol', 'private:1', '']) {
      expect((await people.bob.get(`/events?channel=${channel}`)).status, channel).toBe(403);
    }
    const created = await people.alice.postJson('/private_channels/create', { name: 'p', members: ['bob'] });
    const { id, channel } = JSON.parse(created.text);
    const stream = await follow(people.bob, `?channel=${channel}`);
    await people.alice.say(channel, 'hello');
    await soon(() => expect(stream.rows()).toHaveLength(1));
    await people.bob.post(`/private_channels/${id}/leave`);
    await soon(() => expect(stream.isEnded()).toBe(true));
    await people.alice.say(channel, 'he is gone');
    expect(stream.rows()).toHaveLength(1);
  });

  test('ends with its session', async () => {
    const erin = await signUp(people.door, 'erin');
    const stream = await follow(erin, '?channel=general');
    await erin.get('/logout');
    await soon(() => expect(stream.isEnded()).toBe(true));
  });
});

describe('a channel of the app', () => {
  async function administrator(): Promise<Actor> {
    const { id } = await prisma.account.findUniqueOrThrow({ where: { username: 'alice' } });
    return { accountId: Number(id), username: 'alice', role: 'owner', sessionId: null, face: 'web' };
  }

  test('is here under its name, and under another once it has been renamed', async () => {
    const alice = await administrator();
    const { id: conversationId } = await createPublicChannel(alice, { name: 'launch' });
    expect(await people.bob.read('/channels')).toContain('launch');
    await people.bob.say('launch', 'before');
    await changePublicChannel(alice, { conversationId, name: 'moon' });
    expect(await people.bob.read('/channels')).toContain('moon');
    expect((await people.bob.ask('GET', '/messages/launch')).status).toBe(403);
    expect(await people.bob.say('moon', 'after')).toMatchObject({ channel: 'moon' });
  });

  test('ends its streams when it is deleted, and is gone', async () => {
    const alice = await administrator();
    const { id } = await createPublicChannel(alice, { name: 'short-lived' });
    const [stream, other] = [
      await follow(people.bob, '?channel=short-lived'),
      await follow(people.bob, '?channel=general'),
    ];
    await people.alice.say('short-lived', 'last words');
    await soon(() => expect(stream.rows()).toHaveLength(1));
    await deletePublicChannel(alice, id);
    await soon(() => expect(stream.isEnded()).toBe(true));
    expect(await people.bob.read('/channels')).not.toContain('short-lived');
    expect((await people.bob.ask('GET', '/messages/short-lived')).status).toBe(403);
    await soon(() => expect(other.latest('channel_unreads')).not.toHaveProperty('short-lived'));
    expect(other.isEnded()).toBe(false);
  });
});
