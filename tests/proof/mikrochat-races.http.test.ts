// The moments at which the MikroChat API's rules could break, over HTTP, everything many times at once.
import { expect, test } from 'vitest';
import { type MikrochatClient, PASSWORD, register, signIn } from '#tests/support/mikrochat-client';
import { MikrochatStream } from '#tests/support/mikrochat-stream';
import { withOwnServer } from '#tests/support/own-server';

const server = withOwnServer();

const times = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

let owner: MikrochatClient | undefined;
/** Whoever was first. */
async function theOwner(): Promise<MikrochatClient> {
  owner ??= await register(server.door, 'owner@races.example');
  return owner;
}

async function newcomers(stem: string, count: number): Promise<MikrochatClient[]> {
  await theOwner();
  return times(count, (index) => register(server.door, `${stem}${index}@races.example`));
}

test('MK-25 the last two administrators can’t both leave, nor demote or remove each other away', async () => {
  const admin = await theOwner();
  for (const way of ['role', 'remove', 'exit'] as const) {
    const [helper] = (await newcomers(`helper-${way}-`, 1)) as [MikrochatClient];
    await admin.call('PUT', `/users/${helper.id}/role`, { role: 'admin' });
    const answers = await Promise.all(
      [admin, helper].map((one, index) => {
        const other = index ? admin : helper;
        if (way === 'exit') return one.statusOf('POST', '/users/exit');
        if (way === 'role') return one.statusOf('PUT', `/users/${other.id}/role`, { role: 'user' });
        return one.statusOf('DELETE', `/users/${other.id}`);
      }),
    );
    expect(answers.filter((status) => status >= 500)).toEqual([]);
    const survivors = [admin, helper];
    const alive = [];
    for (const one of survivors) if ((await one.statusOf('GET', '/channels')) === 200) alive.push(one);
    const { users } = await (alive[0] as MikrochatClient).read<{ users: { isAdmin: boolean }[] }>('/users');
    expect(users.filter(({ isAdmin }) => isAdmin).length).toBeGreaterThan(0);
    // the next round needs the owner again, whoever that is by now
    if (!alive.includes(admin)) owner = helper;
  }
});

test('a conversation opened twenty times from both sides is one, and new exactly once [MK-56]', async () => {
  const [ann, ben] = (await newcomers('talk', 2)) as [MikrochatClient, MikrochatClient];
  const stream = new MikrochatStream(ann);
  await expect.poll(() => stream.events.length).toBeGreaterThan(0);
  const opened = await times(20, (index) =>
    (index % 2 ? ann : ben).call<{ conversation: { id: string }; isNew: boolean }>('POST', '/conversations', {
      targetUserId: (index % 2 ? ben : ann).id,
    }),
  );
  expect(new Set(opened.map(({ conversation }) => conversation.id)).size).toBe(1);
  expect(opened[0]?.conversation.id).toBe(`dm:${[ann.id, ben.id].sort().join('_')}`);
  expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
  await ann.say(opened[0]?.conversation.id ?? '', 'hello');
  await expect.poll(() => stream.ofType('NEW_DM_MESSAGE').length).toBe(1);
  expect(stream.ofType('NEW_CONVERSATION')).toHaveLength(1);
  stream.follower.close();
});

test('five parallel refreshes with one token all succeed, and so does a logout among more [MK-07]', async () => {
  const [ann] = (await newcomers('fresh', 1)) as [MikrochatClient];
  const refresh = () =>
    ann.ask('POST', '/auth/refresh', { refreshToken: ann.tokens.refreshToken }, { authorization: '' });
  for (const answer of await times(5, refresh)) {
    expect(answer.status).toBe(200);
    const pair = JSON.parse(answer.text) as typeof ann.tokens;
    expect(pair.refreshToken).toBe(ann.tokens.refreshToken);
    const me = await ann.ask('GET', '/auth/me', undefined, { authorization: `Bearer ${pair.accessToken}` });
    expect(me.status).toBe(200);
  }
  const answers = await times(10, (index) =>
    index === 5 ? ann.ask('POST', '/auth/logout', { refreshToken: ann.tokens.refreshToken }) : refresh(),
  );
  expect(answers.every(({ status }) => status === 200 || status === 401)).toBe(true);
  expect((await refresh()).status).toBe(401);
});

test('four and more sign-ins at once leave three sessions [MK-09]', async () => {
  const [ann] = (await newcomers('many', 1)) as [MikrochatClient];
  const again = await times(8, () => signIn(server.door, 'many0@races.example', PASSWORD));
  const statuses = await Promise.all(
    [ann, ...again].map((one) =>
      one.statusOf('POST', '/auth/refresh', { refreshToken: one.tokens.refreshToken }),
    ),
  );
  expect(statuses.filter((status) => status === 200)).toHaveLength(3);
});

test('an email registered ten times at once is one account [MK-10]', async () => {
  const admin = await theOwner();
  const statuses = await times(10, () =>
    admin.statusOf('POST', '/auth/register', { email: 'same@races.example', password: PASSWORD }),
  );
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 400)).toHaveLength(9);
});

test('the summary of a thread is right under replies and deletions at once [MK-51]', async () => {
  const people = await newcomers('thread', 8);
  const [first] = people as [MikrochatClient];
  const place = await first.channelNamed('general');
  const stream = new MikrochatStream(first);
  await expect.poll(() => stream.events.length).toBeGreaterThan(0);
  const { id } = await first.say(place, 'what do you think?');
  await Promise.all(
    people.map(async (one, index) => {
      for (let count = 0; count < 8; count++) {
        const reply = await one.reply(id, `${index} ${count}`);
        if (count % 2) await one.call('DELETE', `/messages/${id}/thread/${reply.id}`);
      }
    }),
  );
  const replies = await first.replies(id);
  expect(replies).toHaveLength(8 * 4);
  const { threadMeta } = await first.message(place, id);
  const newest = replies.at(-1);
  expect(threadMeta).toEqual({
    replyCount: replies.length,
    lastReplyAt: newest?.createdAt,
    lastReplyBy: { id: newest?.author.id, userName: newest?.author.userName },
    participants: [...new Set(replies.map(({ author }) => author.id))],
  });
  // what the last event said is what is stored
  const metas = () => stream.ofType<{ threadMeta: unknown }>('NEW_THREAD_REPLY', 'DELETE_THREAD_REPLY');
  await expect.poll(() => metas().length).toBe(8 * 8 + 8 * 4);
  expect(metas().at(-1)?.threadMeta).toEqual(threadMeta);
  stream.follower.close();
});

test('a reaction added twenty times at once is there once, and told once [MK-41]', async () => {
  const [ann] = (await newcomers('react', 1)) as [MikrochatClient];
  const place = await ann.channelNamed('general');
  const stream = new MikrochatStream(ann);
  await expect.poll(() => stream.events.length).toBeGreaterThan(0);
  const { id } = await ann.say(place, 'like me');
  await times(20, () => ann.call('POST', `/messages/${id}/reactions`, { reaction: '🔥' }));
  expect((await ann.message(place, id)).reactions).toEqual({ '🔥': [ann.id] });
  await times(20, () => ann.call('DELETE', `/messages/${id}/reactions`, { reaction: '🔥' }));
  expect((await ann.message(place, id)).reactions).toEqual({});
  await ann.say(place, 'the end');
  await expect.poll(() => stream.ofType<{ content: string }>('NEW_MESSAGE').at(-1)?.content).toBe('the end');
  expect(stream.ofType('NEW_REACTION')).toHaveLength(1);
  expect(stream.ofType('DELETE_REACTION')).toHaveLength(1);
  stream.follower.close();
});

test('one channel name wanted by ten at once is given once [MK-30]', async () => {
  const admin = await theOwner();
  const statuses = await times(10, () => admin.statusOf('POST', '/channels', { name: 'contested' }));
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 400)).toHaveLength(9);
});
