import { describe, expect, test } from 'vitest';
import { logIn, MinimostClient, PASSWORD, PIXEL, signUp, withFiles } from '#tests/support/minimost-client';
import { withPeople } from '#tests/support/minimost-people';

const people = withPeople();

describe('settings', () => {
  test('MM-72 change by form and by JSON, and are cleared by nothing', async () => {
    const colour = async () =>
      (await people.alice.read<{ name_color: string | null }>('/settings')).name_color;
    expect(await people.alice.read('/settings')).toMatchObject({ name_color: null, avatar_file: null });
    const set = await people.alice.post('/settings', { name_color: ' #E06c75 ' });
    expect([set.status, set.text]).toEqual([204, '']);
    expect(await colour()).toBe('#E06c75');
    expect((await people.alice.postJson('/settings', { name_color: '#123456' })).status).toBe(204);
    for (const wrong of ['red', '#12345', '#1234567', '#12345g', '123456', '#123456;']) {
      for (const answer of [
        await people.alice.post('/settings', { name_color: wrong }),
        await people.alice.postJson('/settings', { name_color: wrong }),
      ]) {
        expect([answer.status, answer.text], wrong).toEqual([400, 'invalid color']);
      }
    }
    expect((await people.alice.postJson('/settings', { name_color: 5 })).text).toBe('invalid color');
    expect((await people.alice.postJson('/settings', {})).status).toBe(204);
    expect((await people.alice.post('/settings')).status).toBe(204);
    expect(await colour()).toBe('#123456');
    for (const clear of [
      () => people.alice.post('/settings', { name_color: '' }),
      () => people.alice.postJson('/settings', { name_color: '' }),
      () => people.alice.postJson('/settings', { name_color: null }),
    ]) {
      await people.alice.post('/settings', { name_color: '#123456' });
      expect((await clear()).status).toBe(204);
      expect(await colour()).toBeNull();
    }
  });

  test('MM-73 show at once in the lists of everybody', async () => {
    expect(await people.bob.read('/user_colors')).toEqual({});
    expect(await people.bob.read('/user_avatars')).toEqual([]);
    await people.alice.post('/settings', { name_color: '#e06c75' });
    await people.alice.postData('/avatar', withFiles({ 'me.png': PIXEL }, undefined, 'avatar'));
    for (const person of [people.alice, people.bob]) {
      expect(await person.read('/user_colors')).toEqual({ alice: '#e06c75' });
      expect(await person.read('/user_avatars')).toEqual(['alice']);
    }
    await people.alice.post('/settings', { name_color: '' });
    await people.alice.delete('/avatar');
    expect(await people.bob.read('/user_colors')).toEqual({});
    expect(await people.bob.read('/user_avatars')).toEqual([]);
  });

  test('a profile is what somebody says about themselves', async () => {
    await people.alice.postJson('/settings', { bio: 'I write specs.' });
    expect(await people.bob.read('/profile/alice')).toEqual({
      username: 'alice',
      name_color: null,
      bio: 'I write specs.',
    });
    expect(await people.bob.read('/profile/nobody')).toEqual({
      username: 'nobody',
      name_color: null,
      bio: null,
    });
    expect((await people.alice.postJson('/settings', { bio: 'x'.repeat(161) })).status).toBe(400);
    expect(await people.alice.read('/settings')).toMatchObject({ bio: 'I write specs.' });
  });
});

describe('avatars', () => {
  const upload = (files: Record<string, Buffer | string>) =>
    people.bob.postData('/avatar', withFiles(files, undefined, 'avatar'));
  const file = async () => (await people.bob.read<{ avatar_file: string | null }>('/settings')).avatar_file;

  test('MM-74 are served as they came, replaced and taken away', async () => {
    const unknown = await people.alice.get('/avatar/nobody');
    expect([unknown.status, unknown.text]).toEqual([404, '']);
    const answer = await upload({ 'me.PNG': PIXEL });
    expect([answer.status, answer.text]).toEqual([204, '']);
    const first = await people.alice.get('/avatar/bob?v=1');
    expect(first.bytes.equals(PIXEL)).toBe(true);
    expect(first.headers.get('content-type')).toBe('image/jpeg');
    expect(first.headers.get('cache-control')).toContain('private');
    expect(
      (await people.alice.get('/avatar/bob', { 'if-none-match': first.headers.get('etag') ?? '' })).status,
    ).toBe(304);
    expect((await people.alice.get('/avatar/BOB')).status).toBe(404);
    const before = await file();
    expect(before).toMatch(/^[0-9a-f]{32}\.png$/);
    await upload({ 'other.jpg': 'not really a picture' });
    expect(await file()).not.toBe(before);
    expect((await people.alice.get('/avatar/bob')).text).toBe('not really a picture');
    expect((await people.alice.ask('HEAD', '/avatar/bob')).status).toBe(200);
    for (let time = 0; time < 2; time++) expect((await people.bob.delete('/avatar')).status).toBe(204);
    expect(await file()).toBeNull();
    const gone = await people.alice.get('/avatar/bob');
    expect([gone.status, gone.text]).toEqual([404, '']);
  });

  test('MM-74 need a file of the right kind and size', async () => {
    for (const [answer, words] of [
      [await upload({}), 'no file'],
      [await upload({ '': '' }), 'no file'],
      [await people.bob.post('/avatar', { avatar: 'text' }), 'no file'],
      [await people.bob.ask('POST', '/avatar'), 'no file'],
      [await people.bob.postData('/avatar', withFiles({ 'a.png': PIXEL }, undefined, 'files')), 'no file'],
      [await upload({ 'a.svg': '<svg/>' }), 'invalid file type'],
      [await upload({ png: PIXEL }), 'invalid file type'],
      [await upload({ 'a.png.exe': PIXEL }), 'invalid file type'],
    ] as const) {
      expect([answer.status, answer.text]).toEqual([400, words]);
    }
    const large = await upload({ 'a.png': Buffer.alloc(5 * 1024 * 1024 + 1) });
    expect([large.status, large.text]).toEqual([413, 'file too large (max 5 MB)']);
    expect((await upload({ 'a.png': Buffer.alloc(5 * 1024 * 1024) })).status).toBe(204);
    expect((await upload({ 'a.png': Buffer.alloc(8 * 1024 * 1024) })).status).toBe(413);
    await people.bob.delete('/avatar');
  });
});

describe('an account', () => {
  test('changes its password, which ends its other sessions', async () => {
    const client = await signUp(people.door, 'changer');
    const change = (current: string, next: string, again = next) =>
      client.post('/change-password', {
        current_password: current,
        new_password: next,
        confirm_password: again,
      });
    for (const answer of [
      await change('wrong', 'New-Passw0rd'),
      await change(PASSWORD, 'weak'),
      await change(PASSWORD, 'New-Passw0rd', 'other'),
    ]) {
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.text)).toEqual({ error: expect.any(String) });
    }
    const changed = await change(PASSWORD, 'New-Passw0rd');
    expect([changed.status, JSON.parse(changed.text)]).toEqual([200, { ok: true }]);
    expect(
      (await new MinimostClient(people.door).post('/login', { username: 'changer', password: PASSWORD }))
        .status,
    ).toBe(200);
    await logIn(people.door, 'changer', 'New-Passw0rd');
  });

  test('is deleted with its password only; what it wrote stays under another name', async () => {
    const client = await signUp(people.door, 'quitter');
    const { id } = await client.say('general', 'my last words');
    const leave = (body: object) => client.postJson('/delete_account', body);
    expect((await leave({ type: 'soft', password: 'wrong' })).status).toBe(403);
    expect((await leave({ type: 'medium', password: PASSWORD })).status).toBe(400);
    const { cookie } = client;
    const gone = await leave({ type: 'soft', password: PASSWORD });
    expect([gone.status, JSON.parse(gone.text)]).toEqual([200, { status: 'ok' }]);
    expect((await people.alice.get('/channels', { cookie })).status).toBe(302);
    expect(await people.alice.message('general', id)).toMatchObject({
      sender: 'Deleted User',
      content: 'my last words',
    });
    expect(await people.alice.read('/users')).not.toContain('quitter');
  });
});
