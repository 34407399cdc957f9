import { describe, expect, test } from 'vitest';
import { PASSWORD, register, signIn } from '#tests/support/mikrochat-client';
import { withMikrochatPeople } from '#tests/support/mikrochat-people';

const people = withMikrochatPeople();

type User = {
  id: string;
  userName: string;
  email: string;
  isAdmin: boolean;
  createdAt: number;
  addedBy?: string;
};
const users = async () => (await people.bob.read<{ users: User[] }>('/users')).users;
const attempt = (email: string, password: string) =>
  people.door.ask({
    method: 'POST',
    path: '/auth/password-login',
    headers: {},
    body: Buffer.from(JSON.stringify({ email, password })),
  });

describe('users', () => {
  test('MK-21 are listed for everybody, oldest first, without anything secret', async () => {
    const answer = await people.bob.ask('GET', '/users');
    const [first, second] = JSON.parse(answer.text).users as User[];
    expect(first).toEqual({
      id: people.ann.id,
      userName: 'ann',
      email: 'ann@example.org',
      isAdmin: true,
      createdAt: expect.any(Number),
    });
    expect(second).toMatchObject({ id: people.bob.id, isAdmin: false });
    expect(answer.text).not.toMatch(/hash|argon|password/i);
  });

  test('MK-22 are added by administrators, once for each address', async () => {
    const { ann, bob } = people;
    const body = { email: ' New@Example.org ', role: 'user', password: PASSWORD };
    for (const sent of [body, {}, '{']) expect(await bob.statusOf('POST', '/users/add', sent)).toBe(403);
    const added = await ann.call<{ success: true; userId: string }>('POST', '/users/add', body);
    expect(added).toEqual({ success: true, userId: expect.stringMatching(/^\d+$/) });
    expect(await users()).toContainEqual(
      expect.objectContaining({
        id: added.userId,
        email: 'new@example.org',
        isAdmin: false,
        addedBy: ann.id,
      }),
    );
    const before = (await users()).length;
    for (const wrong of [
      { ...body, email: 'NEW@example.org' },
      { email: 'short@example.org', password: '1234567' },
      { email: 'nonsense', password: PASSWORD },
      { email: 'role@example.org', role: 'owner', password: PASSWORD },
      { password: PASSWORD },
      {},
    ]) {
      expect(await ann.statusOf('POST', '/users/add', wrong), JSON.stringify(wrong)).toBe(400);
    }
    expect((await users()).length).toBe(before);
    expect((await signIn(people.door, 'new@example.org')).userName).toBe('new');
    const boss = await ann.call<{ userId: string }>('POST', '/users/add', {
      email: 'boss@example.org',
      role: 'admin',
    });
    expect(await users()).toContainEqual(expect.objectContaining({ id: boss.userId, isAdmin: true }));
  });

  test('MK-23 get a new password from an administrator', async () => {
    const { ann, bob } = people;
    const dan = await register(people.door, 'dan@example.org');
    const path = `/users/${dan.id}/reset-password`;
    expect(await bob.statusOf('POST', path, { password: 'a new password' })).toBe(403);
    expect(await bob.statusOf('POST', path, {})).toBe(403);
    for (const body of [{ password: '1234567' }, {}, { password: 12345678 }]) {
      expect(await ann.statusOf('POST', path, body)).toBe(400);
    }
    for (const id of ['999999', 'x']) {
      expect(await ann.statusOf('POST', `/users/${id}/reset-password`, { password: 'a new password' })).toBe(
        400,
      );
    }
    expect(await ann.call('POST', path, { password: 'a new password' })).toEqual({ success: true });
    expect((await attempt('dan@example.org', PASSWORD)).status).toBe(401);
    expect((await attempt('dan@example.org', 'a new password')).status).toBe(200);
    // whoever had got in with the old one is out
    expect(await dan.statusOf('GET', '/auth/me')).toBe(401);
  });

  test('MK-24 are removed by administrators, but not by themselves', async () => {
    const { ann, bob } = people;
    const eve = await register(people.door, 'eve@example.org');
    expect(await bob.statusOf('DELETE', `/users/${eve.id}`)).toBe(403);
    expect(await bob.statusOf('DELETE', '/users/999999')).toBe(403);
    expect(await ann.statusOf('DELETE', `/users/${ann.id}`)).toBe(400);
    for (const id of ['999999', 'x']) expect(await ann.statusOf('DELETE', `/users/${id}`)).toBe(404);
    expect(await ann.call('DELETE', `/users/${eve.id}`)).toEqual({ success: true });
    expect(await ann.statusOf('DELETE', `/users/${eve.id}`)).toBe(404);
  });

  test('MK-26 who were removed have nothing left but to sign out', async () => {
    const fay = await register(people.door, 'fay@example.org');
    expect(await fay.statusOf('GET', '/channels')).toBe(200);
    await people.ann.call('DELETE', `/users/${fay.id}`);
    for (const path of ['/channels', '/auth/me', '/auth/sessions'])
      expect(await fay.statusOf('GET', path)).toBe(401);
    const { refreshToken } = fay.tokens;
    expect(await fay.statusOf('POST', '/auth/logout', { refreshToken })).toBe(200);
    expect(await fay.statusOf('POST', '/auth/refresh', { refreshToken })).toBe(401);
    expect((await attempt('fay@example.org', PASSWORD)).status).toBe(401);
  });

  test('MK-27 leave what they wrote, under nobody’s name', async () => {
    const { ann, bob, general } = people;
    const gus = await register(people.door, 'gus@example.org');
    const { id } = await gus.say(general, 'remember me');
    const dm = await gus.converse(bob.id);
    await gus.say(dm, 'you too');
    const root = await bob.say(general, 'root');
    await gus.reply(root.id, 'reply');
    expect((await bob.messages(general)).find((message) => message.id === id)?.author.userName).toBe('gus');
    await ann.call('DELETE', `/users/${gus.id}`);
    const unknown = { id: gus.id, userName: 'Unknown User' };
    expect(await bob.message(general, id)).toMatchObject({ content: 'remember me', author: unknown });
    expect((await bob.message(general, root.id)).threadMeta?.lastReplyBy).toEqual(unknown);
    expect((await bob.messages(dm))[0]?.author).toEqual(unknown);
    type Listed = { conversations: { id: string; otherUser: object | null }[] };
    const { conversations } = await bob.read<Listed>('/conversations');
    expect(conversations.find((one) => one.id === dm)?.otherUser).toBeNull();
  });

  test('MK-28 go by what they call themselves, unless somebody else does', async () => {
    const { bob, cat, general } = people;
    const before = await bob.say(general, 'before the change');
    const rename = (userName?: unknown) => bob.ask('PUT', '/users/me', { userName });
    for (const name of [undefined, '', '  ', 5, null, 'cat', '<b>', 'a\nb', 'x'.repeat(65)]) {
      expect((await rename(name)).status, String(name)).toBe(400);
    }
    const answer = await rename('  Bob the Builder ');
    expect(JSON.parse(answer.text).user).toMatchObject({
      id: bob.id,
      userName: 'Bob the Builder',
      isAdmin: false,
    });
    expect((await rename('Bob the Builder')).status).toBe(200);
    expect((await cat.message(general, before.id)).author.userName).toBe('Bob the Builder');
    expect((await cat.ask('PUT', '/users/me', { userName: 'Bob the Builder' })).status).toBe(400);
    expect((await rename('bob')).status).toBe(200);
    expect((await cat.message(general, before.id)).author.userName).toBe('bob');
  });

  test('get another role from an administrator', async () => {
    const { ann, bob } = people;
    const hal = await register(people.door, 'hal@example.org');
    const path = `/users/${hal.id}/role`;
    expect(await bob.statusOf('PUT', path, { role: 'admin' })).toBe(403);
    for (const body of [{}, { role: 'owner' }, { role: 5 }, { isAdmin: 'yes' }]) {
      expect(await ann.statusOf('PUT', path, body), JSON.stringify(body)).toBe(400);
    }
    expect(await ann.statusOf('PUT', '/users/999999/role', { role: 'admin' })).toBe(404);
    const { user } = await ann.call<{ user: User }>('PUT', path, { role: 'admin' });
    expect(user).toMatchObject({ id: hal.id, isAdmin: true });
    expect(await hal.statusOf('GET', '/webhooks')).toBe(200);
    // whom the server belongs to is nobody else's business
    expect(await hal.statusOf('PUT', `/users/${ann.id}/role`, { role: 'user' })).toBe(403);
    expect((await ann.call<{ user: User }>('PUT', path, { isAdmin: false })).user.isAdmin).toBe(false);
    expect(await hal.statusOf('GET', '/webhooks')).toBe(403);
    expect(await ann.statusOf('PUT', `/users/${ann.id}/role`, { role: 'user' })).toBe(400);
  });
});
