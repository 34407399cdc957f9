// Over real sockets: the streams are written by hand, straight to them.
import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { closeHub, livePosition } from '#server/live/hub';
import { settings } from '#server/platform/settings';
import { type MikrochatClient, register, signIn } from '#tests/support/mikrochat-client';
import { newChannel, withMikrochatPeople } from '#tests/support/mikrochat-people';
import { MikrochatStream } from '#tests/support/mikrochat-stream';

const people = withMikrochatPeople();
const open: MikrochatStream[] = [];

async function until(holds: () => boolean, what = 'it', withinMs = 15_000): Promise<void> {
  for (const begin = performance.now(); !holds(); await delay(5)) {
    if (performance.now() - begin > withinMs) throw new Error(`waited for ${what} in vain`);
  }
}

async function listen(client: MikrochatClient): Promise<MikrochatStream> {
  const stream = new MikrochatStream(client);
  open.push(stream);
  await until(() => stream.events.length > 0, 'the first event');
  return stream;
}

/** Waits until the streams have brought everything that happened so far; answers how much that was. */
async function settle(streams: MikrochatStream[]): Promise<number[]> {
  const { id } = await people.ann.say(people.general, 'so far');
  const isThere = ({ payload }: { payload: Record<string, unknown> }) => payload.id === id;
  await Promise.all(streams.map((stream) => until(() => stream.events.some(isThere), 'the end of it')));
  return streams.map(({ events }) => events.findIndex(isThere));
}

/** Runs a command and answers what each stream heard of it. */
async function heard(streams: MikrochatStream[], command: () => Promise<unknown>) {
  const before = await settle(streams);
  await command();
  const after = await settle(streams);
  return streams.map(({ events }, index) =>
    events
      .slice((before[index] ?? 0) + 1, after[index])
      // presence comes and goes with the streams of others
      .filter(({ type }) => type !== 'PRESENCE_UPDATE')
      .map(({ type, payload }) => ({ type, payload })),
  );
}

beforeAll(() => livePosition());
afterEach(() => {
  for (const stream of open.splice(0)) stream.follower.close();
});
afterAll(closeHub);

/** What comes on a stream in its first moments, byte for byte, and its headers. */
function firstBytes(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
    (resolve, reject) => {
      const request = get(people.door.base + path, { agent: false, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        setTimeout(() => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
          request.destroy();
        }, 300);
      });
      request.on('error', reject);
    },
  );
}

describe('the stream', () => {
  test('MK-66 is for whoever brings a token, in the address or as Bearer, and says so first', async () => {
    const { bob } = people;
    const token = bob.tokens.accessToken;
    for (const path of ['/events?token=bad', '/events?token=']) {
      const refused = await firstBytes(path);
      expect([refused.status, typeof JSON.parse(refused.text).error]).toEqual([401, 'string']);
    }
    const bearer = { authorization: `Bearer ${token}` };
    expect((await firstBytes('/events', { authorization: 'Bearer bad' })).status).toBe(401);
    expect((await firstBytes('/compat/mikrochat/events')).status).toBe(401);
    for (const [path, headers] of [
      [`/events?token=${token}`, {}],
      ['/events', bearer],
      ['/events?token=bad', bearer],
      [`/compat/mikrochat/events?x=1&token=${token}`, {}],
    ] as const) {
      const stream = await firstBytes(path, headers);
      expect(stream.status, path).toBe(200);
      expect(stream.headers).toMatchObject({
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
        'access-control-allow-origin': '*',
      });
      expect(stream.text.startsWith(':\n\n')).toBe(true);
      const first = /^data: (.*)$/m.exec(stream.text)?.[1] ?? '';
      expect(JSON.parse(first)).toEqual({
        type: 'CONNECTED',
        payload: {
          message: expect.any(String),
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
          userId: bob.id,
          connectionId: expect.any(String),
        },
      });
    }
    const head = await people.door.ask({ method: 'HEAD', path: '/events', headers: bearer });
    expect([head.status, head.text]).toEqual([200, '']);
  });

  test('MK-67 names no event, and is never silent for long', async () => {
    const { bob, general } = people;
    const path = `/events?token=${bob.tokens.accessToken}`;
    const stream = firstBytes(path);
    await delay(50);
    await bob.say(general, 'event: fake\n\ndata: fake');
    const { text } = await stream;
    expect(text).toContain('NEW_MESSAGE');
    for (const line of text.split('\n')) expect(line).toMatch(/^(|:.*|data: \{.*\}|id: \d+)$/);
    await new Promise<void>((resolve, reject) => {
      const began = performance.now();
      const request = get(people.door.base + path, { agent: false }, (answer) => {
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          if (!chunk.includes(': ping')) return;
          request.destroy();
          if (performance.now() - began < 30_000) resolve();
          else reject(new Error('too late'));
        });
      });
      request.on('error', () => {});
    });
  });

  test('MK-74 may be open several times, and each brings everything; the eleventh is refused', async () => {
    const { bob, general } = people;
    const lots = await register(people.door, 'lots@example.org');
    const streams = await Promise.all(Array.from({ length: 10 }, () => listen(lots)));
    const { status, headers } = await firstBytes(`/events?token=${lots.tokens.accessToken}`);
    expect([status, headers['retry-after']]).toEqual([429, '60']);
    const sent = await bob.say(general, 'to all of them');
    await until(() => streams.every((stream) => stream.sent(general).some(({ id }) => id === sent.id)));
    expect(streams.map(({ follower }) => [follower.connections, follower.ended])).toEqual(
      streams.map(() => [1, null]),
    );
    settings().rate_limit_enabled = false;
    expect((await firstBytes(`/events?token=${lots.tokens.accessToken}`)).status).toBe(200);
    settings().rate_limit_enabled = true;
    streams[0]?.follower.close();
    await until(() => (streams[0]?.follower.ended ?? null) === 'closed');
    await delay(100);
    expect((await firstBytes(`/events?token=${lots.tokens.accessToken}`)).status).toBe(200);
  });

  test('goes on where it broke off, each once and in order', async () => {
    const { bob, general } = people;
    const first = await listen(bob);
    await bob.say(general, 'before');
    await until(() => first.sent(general).some(({ content }) => content === 'before'));
    const lastId = first.events.at(-1)?.id ?? '';
    first.follower.close();
    for (const text of ['missed 1', 'missed 2', 'missed 3']) await bob.say(general, text);
    const headers = { 'last-event-id': lastId, authorization: `Bearer ${bob.tokens.accessToken}` };
    const resumed = await firstBytes('/events', headers);
    const texts = [...resumed.text.matchAll(/"content":"(missed \d)"/g)].map(([, text]) => text);
    expect(texts).toEqual(['missed 1', 'missed 2', 'missed 3']);
    expect(resumed.text.indexOf('CONNECTED')).toBeLessThan(resumed.text.indexOf('missed 1'));
    for (const odd of ['-1', 'x', '9'.repeat(30), '1.5']) {
      expect((await firstBytes('/events', { ...headers, 'last-event-id': odd })).status, odd).toBe(200);
    }
  });
});

describe('MK-68 everybody hears', () => {
  test('of messages, their edits, reactions and end', async () => {
    const { ann, bob, cat } = people;
    const streams = [await listen(bob), await listen(cat)];
    const channel = await newChannel(people);
    let id = '';
    const [sent, alsoSent] = await heard(streams, async () => {
      ({ id } = await bob.say(channel, 'hello'));
    });
    expect(sent).toEqual([{ type: 'NEW_MESSAGE', payload: await bob.message(channel, id) }]);
    expect(alsoSent).toEqual(sent);
    const edit = await heard(streams, () => bob.call('PUT', `/messages/${id}`, { content: 'hello!' }));
    // MK-71: whole
    const whole = { type: 'UPDATE_MESSAGE', payload: await bob.message(channel, id) };
    expect(whole.payload).toMatchObject({ channelId: channel, content: 'hello!', images: [], reactions: {} });
    expect(edit).toEqual([[whole], [whole]]);
    const reaction = { messageId: id, userId: cat.id, reaction: '👍' };
    const react = (method: string) => () => cat.call(method, `/messages/${id}/reactions`, { reaction: '👍' });
    const added = [{ type: 'NEW_REACTION', payload: reaction }];
    expect(await heard(streams, react('POST'))).toEqual([added, added]);
    // MK-70: nothing changes, nothing is told
    expect(await heard(streams, react('POST'))).toEqual([[], []]);
    const removed = [{ type: 'DELETE_REACTION', payload: reaction }];
    expect(await heard(streams, react('DELETE'))).toEqual([removed, removed]);
    expect(await heard(streams, react('DELETE'))).toEqual([[], []]);
    const pinned = await heard(streams, () => bob.call('POST', `/messages/${id}/pin`));
    expect(pinned[0]?.map(({ type }) => type)).toEqual(['UPDATE_MESSAGE', 'UPDATE_CHANNEL']);
    const gone = [{ type: 'DELETE_MESSAGE', payload: { id, channelId: channel } }];
    expect(await heard(streams, () => ann.call('DELETE', `/messages/${id}`))).toEqual([gone, gone]);
  });

  test('of threads', async () => {
    const { ann, bob, general } = people;
    const streams = [await listen(ann)];
    const root = await bob.say(general, 'root');
    let id = '';
    const [replied] = await heard(streams, async () => {
      ({ id } = await bob.reply(root.id, 'reply'));
    });
    const [reply] = await bob.replies(root.id);
    const { threadMeta } = await bob.message(general, root.id);
    expect(replied).toEqual([
      {
        type: 'NEW_THREAD_REPLY',
        payload: { parentMessageId: root.id, channelId: general, reply, threadMeta },
      },
    ]);
    const path = `/messages/${root.id}/thread/${id}`;
    const [edited] = await heard(streams, () => bob.call('PUT', path, { content: 'reply!' }));
    // MK-71: whole
    expect(edited).toEqual([{ type: 'UPDATE_THREAD_REPLY', payload: (await bob.replies(root.id))[0] }]);
    expect(edited?.[0]?.payload).toMatchObject({ threadId: root.id, channelId: general, content: 'reply!' });
    const second = await ann.reply(root.id, 'second');
    const deletion = { id, threadId: root.id, channelId: general };
    const [one] = await heard(streams, () => bob.call('DELETE', path));
    expect(one).toEqual([
      {
        type: 'DELETE_THREAD_REPLY',
        payload: { ...deletion, threadMeta: (await bob.message(general, root.id)).threadMeta },
      },
    ]);
    // MK-72: none is left
    const [last] = await heard(streams, () => ann.call('DELETE', `/messages/${second.id}`));
    expect(last).toEqual([
      { type: 'DELETE_THREAD_REPLY', payload: { ...deletion, id: second.id, threadMeta: null } },
    ]);
    // a root takes its replies along in one event
    await bob.reply(root.id, 'again');
    const [rootGone] = await heard(streams, () => bob.call('DELETE', `/messages/${root.id}`));
    expect(rootGone).toEqual([{ type: 'DELETE_MESSAGE', payload: { id: root.id, channelId: general } }]);
  });

  test('of channels, webhooks and the server’s name', async () => {
    const { ann, bob } = people;
    const streams = [await listen(bob)];
    let channel = { id: '' };
    const [made] = await heard(streams, async () => {
      ({ channel } = await ann.call<{ channel: { id: string } }>('POST', '/channels', { name: 'Live' }));
    });
    expect(made).toEqual([{ type: 'NEW_CHANNEL', payload: channel }]);
    const [renamed] = await heard(streams, async () => {
      ({ channel } = await ann.call<{ channel: { id: string } }>('PUT', `/channels/${channel.id}`, {
        name: 'Alive',
      }));
    });
    expect(renamed).toEqual([{ type: 'UPDATE_CHANNEL', payload: channel }]);
    let webhook = { id: '', token: '' };
    const [hooked] = await heard(streams, async () => {
      const body = { name: 'Hook', channelId: channel.id };
      ({ webhook } = await ann.call<{ webhook: typeof webhook }>('POST', '/webhooks', body));
    });
    // MK-63: without its token
    expect(hooked).toEqual([
      { type: 'NEW_WEBHOOK', payload: { id: webhook.id, name: 'Hook', channelId: channel.id } },
    ]);
    const [posted] = await heard(streams, () =>
      people.door.ask({
        method: 'POST',
        path: `/webhooks/${webhook.id}/messages`,
        headers: { authorization: `Bearer ${webhook.token}` },
        body: Buffer.from('{"content":"built"}'),
      }),
    );
    expect(posted).toEqual([
      {
        type: 'NEW_MESSAGE',
        payload: expect.objectContaining({
          author: { id: `webhook:${webhook.id}`, userName: 'Hook', isBot: true },
        }),
      },
    ]);
    const [unhooked] = await heard(streams, () => ann.call('DELETE', `/webhooks/${webhook.id}`));
    expect(unhooked).toEqual([
      { type: 'DELETE_WEBHOOK', payload: { id: webhook.id, channelId: channel.id } },
    ]);
    await bob.say(channel.id, 'soon gone');
    const [deleted] = await heard(streams, () => ann.call('DELETE', `/channels/${channel.id}`));
    expect(deleted).toEqual([{ type: 'DELETE_CHANNEL', payload: { id: channel.id, name: 'Alive' } }]);
    const [named] = await heard(streams, () => ann.call('PUT', '/server/settings', { name: 'Live server' }));
    expect(named).toEqual([{ type: 'UPDATE_SERVER_SETTINGS', payload: { name: 'Live server' } }]);
  });

  test('of people', async () => {
    const { ann, bob } = people;
    const streams = [await listen(bob)];
    let id = '';
    const [added] = await heard(streams, async () => {
      const body = { email: 'kim@example.org', role: 'user' };
      ({ userId: id } = await ann.call<{ userId: string }>('POST', '/users/add', body));
    });
    expect(added).toEqual([
      { type: 'NEW_USER', payload: { id, userName: 'kim', email: 'kim@example.org', isAdmin: false } },
    ]);
    const [promoted] = await heard(streams, () => ann.call('PUT', `/users/${id}/role`, { role: 'admin' }));
    // MK-71: with isAdmin
    expect(promoted).toEqual([{ type: 'UPDATE_USER', payload: { id, userName: 'kim', isAdmin: true } }]);
    const [renamed] = await heard(streams, () => ann.call('PUT', '/users/me', { userName: 'Ann A.' }));
    expect(renamed).toEqual([
      { type: 'UPDATE_USER', payload: { id: ann.id, userName: 'Ann A.', isAdmin: true } },
    ]);
    const [removed] = await heard(streams, () => ann.call('DELETE', `/users/${id}`));
    expect(removed).toEqual([{ type: 'REMOVE_USER', payload: { id, email: 'kim@example.org' } }]);
    let leaver: MikrochatClient | undefined;
    const [registered] = await heard(streams, async () => {
      leaver = await register(people.door, 'leaver@example.org');
    });
    expect(registered).toEqual([
      { type: 'NEW_USER', payload: expect.objectContaining({ email: 'leaver@example.org' }) },
    ]);
    const [left] = await heard(streams, async () => leaver?.call('POST', '/users/exit'));
    expect(left).toEqual([{ type: 'USER_EXIT', payload: { id: leaver?.id, userName: 'leaver' } }]);
  });

  test('who is there', async () => {
    const { bob } = people;
    const guest = await register(people.door, 'guest@example.org');
    const stream = await listen(bob);
    const of = (status: string) =>
      stream.ofType('PRESENCE_UPDATE').filter((one) => one.userId === guest.id && one.status === status)
        .length;
    await guest.call('PUT', '/presence/me', { status: 'offline' });
    await until(() => of('offline') === 1);
    const [one, two] = [await listen(guest), await listen(guest)];
    await until(() => of('online') === 1);
    await guest.call('PUT', '/presence/me', { status: 'away' });
    await until(() => of('away') === 1);
    type Presence = { presence: { userId: string; status: string }[] };
    const { presence } = await bob.read<Presence>('/presence');
    expect(presence.find(({ userId }) => userId === guest.id)?.status).toBe('away');
    expect(await guest.statusOf('PUT', '/presence/me', { status: 'asleep' })).toBe(400);
    one.follower.close();
    two.follower.close();
    await until(() => of('offline') === 2);
  });
});

describe('an event', () => {
  test('MK-70 comes of a change: reacting twice, or taking back what is not there, tells nobody', async () => {
    const { bob, cat, general } = people;
    const streams = [await listen(cat)];
    const { id } = await bob.say(general, 'once');
    const react = (method: string) => () => bob.call(method, `/messages/${id}/reactions`, { reaction: '👍' });
    const told = [];
    for (const method of ['DELETE', 'POST', 'POST', 'DELETE', 'DELETE']) {
      told.push((await heard(streams, react(method)))[0]?.map(({ type }) => type));
    }
    expect(told).toEqual([[], ['NEW_REACTION'], [], ['DELETE_REACTION'], []]);
  });

  test('MK-71 carries messages whole, and whether somebody is an administrator', async () => {
    const { ann, bob, general } = people;
    const streams = [await listen(ann)];
    const dm = await bob.converse(ann.id);
    const [message, direct] = [await bob.say(general, 'one'), await bob.say(dm, 'two')];
    const reply = await bob.reply(message.id, 'three');
    const [told] = await heard(streams, async () => {
      await bob.call('PUT', `/messages/${message.id}`, { content: 'one!' });
      await bob.call('PUT', `/conversations/${dm}/messages/${direct.id}`, { content: 'two!' });
      await bob.call('PUT', `/messages/${message.id}/thread/${reply.id}`, { content: 'three!' });
      await bob.call('PUT', '/users/me', { userName: 'Robert' });
    });
    const rest = { images: [], reactions: {}, createdAt: expect.any(Number), updatedAt: expect.any(Number) };
    expect(told).toMatchObject([
      { type: 'UPDATE_MESSAGE', payload: { id: message.id, channelId: general, content: 'one!', ...rest } },
      { type: 'UPDATE_DM_MESSAGE', payload: { id: direct.id, channelId: dm, content: 'two!', ...rest } },
      {
        type: 'UPDATE_THREAD_REPLY',
        payload: { id: reply.id, channelId: general, threadId: message.id, ...rest },
      },
      { type: 'UPDATE_USER', payload: { id: bob.id, userName: 'Robert', isAdmin: false } },
    ]);
    await bob.call('PUT', '/users/me', { userName: 'bob' });
  });

  test('MK-72 says that no reply remains', async () => {
    const { bob, cat, general } = people;
    const streams = [await listen(cat)];
    const root = await bob.say(general, 'root');
    const replies = [await bob.reply(root.id, '1'), await cat.reply(root.id, '2')];
    const metas = [];
    for (const { id } of replies) {
      const [told] = await heard(streams, () =>
        people.ann.call('DELETE', `/messages/${root.id}/thread/${id}`),
      );
      expect(told).toMatchObject([{ type: 'DELETE_THREAD_REPLY', payload: { id, threadId: root.id } }]);
      metas.push(told?.[0]?.payload.threadMeta);
    }
    expect(metas).toEqual([expect.objectContaining({ replyCount: 1, participants: [cat.id] }), null]);
  });
});

describe('a conversation', () => {
  test('MK-69 is heard by its two people and by nobody else', async () => {
    const { ann, bob, cat } = people;
    const streams = [await listen(bob), await listen(cat), await listen(ann)];
    const quiet = (tell: object) => [[tell], [tell], []];
    const participants = [bob.id, cat.id].sort();
    const id = `dm:${participants.join('_')}`;
    const opened = await heard(streams, () => bob.converse(cat.id));
    expect(opened).toEqual(
      quiet({ type: 'NEW_CONVERSATION', payload: { id, participants, createdAt: expect.any(Number) } }),
    );
    expect(await heard(streams, () => cat.converse(bob.id))).toEqual([[], [], []]);
    let message = '';
    const sent = await heard(streams, async () => {
      ({ id: message } = await bob.say(id, 'secret'));
    });
    const whole = async () => ({ ...(await bob.message(id, message)), participants });
    expect(sent).toEqual(quiet({ type: 'NEW_DM_MESSAGE', payload: await whole() }));
    const path = `/conversations/${id}/messages/${message}`;
    const edited = await heard(streams, () => bob.call('PUT', path, { content: 'secret!' }));
    // MK-71: whole
    expect(edited).toEqual(quiet({ type: 'UPDATE_DM_MESSAGE', payload: await whole() }));
    const reacted = await heard(streams, () =>
      cat.call('POST', `/messages/${message}/reactions`, { reaction: '🤫' }),
    );
    expect(reacted).toEqual(
      quiet({ type: 'NEW_REACTION', payload: { messageId: message, userId: cat.id, reaction: '🤫' } }),
    );
    const deleted = await heard(streams, () => bob.call('DELETE', path));
    expect(deleted).toEqual(
      quiet({ type: 'DELETE_DM_MESSAGE', payload: { id: message, conversationId: id, participants } }),
    );
  });
});

describe('a stream ends', () => {
  test('MK-73 with the account: its removal is the last it hears', async () => {
    const { ann, general } = people;
    const ian = await register(people.door, 'ian@example.org');
    const stream = await listen(ian);
    const others = await listen(people.bob);
    await ann.call('DELETE', `/users/${ian.id}`);
    await people.bob.say(general, 'is he gone?');
    await until(() => stream.follower.ended === '401', 'the end of the stream');
    expect(stream.events.at(-1)).toMatchObject({ type: 'REMOVE_USER', payload: { id: ian.id } });
    expect(stream.follower.connections).toBe(1);
    await until(() => others.ofType('REMOVE_USER').length === 1);
  });

  test('with its session, but not with its token', async () => {
    const jo = await register(people.door, 'jo@example.org');
    const other = await signIn(people.door, 'jo@example.org');
    const stream = await listen(jo);
    await other.call('DELETE', '/auth/sessions', { refreshToken: other.tokens.refreshToken });
    // the access token lives on, and so the client comes back with it
    await until(() => stream.follower.connections === 2, 'a second connection');
    await people.ann.call('POST', `/users/${jo.id}/reset-password`, { password: 'another password' });
    await until(() => stream.follower.ended === '401', 'the end');
  });
});
