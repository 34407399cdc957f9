import { beforeAll, describe, expect, it } from 'vitest';
import { findAccounts } from '#server/domain/accounts/find-accounts';
import { findProfile } from '#server/domain/accounts/find-profile';
import { accountsNamed, listAccounts } from '#server/domain/accounts/list-accounts';
import { setAvatar } from '#server/domain/accounts/set-avatar';
import { updateProfile } from '#server/domain/accounts/update-profile';
import type { Actor } from '#server/domain/kernel/actor';
import { eventsOf } from '#tests/support/events';
import { newcomers, openChannels } from '#tests/support/people';

let alice: Actor;
let bob: Actor;

beforeAll(async () => {
  await openChannels('general');
  [alice, bob] = await newcomers('alice', 'Bob');
});

describe('a profile', () => {
  it('changes where it is told to, keeps the rest, and everyone hears of it', async () => {
    await updateProfile(alice, { nameColor: ' #E06c75 ', bio: ' hello ' });
    const events = await eventsOf(() => updateProfile(alice, { displayName: 'Alice A.' }));
    expect(await findProfile(bob, 'ALICE')).toMatchObject({
      username: 'alice',
      nameColor: '#E06c75',
      bio: 'hello',
      displayName: 'Alice A.',
    });
    expect(events).toEqual([
      { type: 'account_changed', audience: 'everyone', payload: { accountId: alice.accountId } },
    ]);
  });

  it.each([null, '', '  '])('is cleared by %j', async (nothing) => {
    await updateProfile(alice, { nameColor: '#000000', bio: 'x' });
    expect(await updateProfile(alice, { nameColor: nothing, bio: nothing })).toMatchObject({
      nameColor: null,
      bio: null,
    });
  });

  it.each([
    [{ nameColor: 'red' }, 'color'],
    [{ nameColor: '#12345' }, 'color'],
    [{ nameColor: '#1234567' }, 'color'],
    [{ bio: 'x'.repeat(161) }, 'bio_too_long'],
    [{ displayName: 'x'.repeat(81) }, 'display_name_too_long'],
  ])('refuses %j whole', async (changes, reason) => {
    const before = await findProfile(alice, 'alice');
    const attempt = updateProfile(alice, { bio: 'new', displayName: 'new', ...changes });
    await expect(attempt).rejects.toMatchObject({ kind: 'invalid', reason });
    expect(await findProfile(alice, 'alice')).toEqual(before);
  });

  it('counts characters, not the halves of emoji, and drops what can’t be stored', async () => {
    const bio = '😀'.repeat(160);
    expect(await updateProfile(alice, { bio: `${bio}\0` })).toMatchObject({ bio });
  });

  it('is not there for unknown names', async () => {
    for (const name of ['nobody', '', 'a b', 'a\0']) {
      await expect(findProfile(alice, name)).rejects.toMatchObject({ kind: 'not_found', reason: 'account' });
    }
  });
});

describe('an avatar', () => {
  it('replaces the one before, which is returned to be thrown away', async () => {
    expect(await setAvatar(bob, 'one.png')).toBeNull();
    expect(await setAvatar(bob, 'two.png')).toBe('one.png');
    expect(await findAccounts([bob.accountId])).toMatchObject([{ avatarFile: 'two.png' }]);
    expect(await setAvatar(bob, null)).toBe('two.png');
    expect(await setAvatar(bob, null)).toBeNull();
  });

  it('is returned once by two simultaneous changes', async () => {
    await setAvatar(bob, 'first.png');
    const returned = await Promise.all([setAvatar(bob, 'second.png'), setAvatar(bob, 'third.png')]);
    expect(new Set(returned).size).toBe(2);
    expect(returned).toContain('first.png');
  });
});

describe('the list of accounts', () => {
  it('is in the order of code units: upper case first', async () => {
    expect((await listAccounts()).map(({ username }) => username)).toEqual(['Bob', 'alice']);
  });

  it('can be asked for names, exactly as spelled', async () => {
    expect(await accountsNamed(['alice', 'bob', 'Bob', 'nobody', 'a b'])).toEqual(
      expect.arrayContaining([
        { id: alice.accountId, name: 'alice', displayName: 'Alice A.' },
        { id: bob.accountId, name: 'Bob', displayName: null },
      ]),
    );
    expect(await accountsNamed(['ALICE', 'bob'])).toEqual([]);
  });
});
