import { beforeAll, describe, expect, it } from 'vitest';
import { findProfile } from '#server/domain/accounts/find-profile';
import { setDisplayName } from '#server/domain/accounts/set-display-name';
import type { Actor } from '#server/domain/kernel/actor';
import { eventsOf } from '#tests/support/events';
import { newcomers, openChannels } from '#tests/support/people';

let alice: Actor;
let bob: Actor;

beforeAll(async () => {
  await openChannels('general');
  [alice, bob] = await newcomers('alice', 'Bob');
});

const shown = async (username: string) => (await findProfile(alice, username)).displayName;

describe('a name to go by', () => {
  it('is trimmed, told to everyone, and may be chosen again', async () => {
    const events = await eventsOf(() => setDisplayName(alice, '  Alice A.  '));
    expect(events).toEqual([
      { type: 'account_changed', audience: 'everyone', payload: { accountId: alice.accountId } },
    ]);
    await setDisplayName(alice, 'Alice A.');
    expect(await shown('alice')).toBe('Alice A.');
  });

  it('is nobody else’s, neither shown nor signed in with', async () => {
    for (const name of ['Alice A.', 'alice']) {
      await expect(setDisplayName(bob, name)).rejects.toMatchObject({
        kind: 'conflict',
        reason: 'name_taken',
      });
    }
    await setDisplayName(bob, 'ALICE');
    expect(await shown('Bob')).toBe('ALICE');
    await setDisplayName(bob, 'Bob');
    expect(await shown('Bob')).toBeNull();
  });

  it('belongs to one of two who want it at once', async () => {
    const attempts = await Promise.allSettled([setDisplayName(alice, 'Max'), setDisplayName(bob, 'Max')]);
    expect(attempts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each(['', '   ', '<b>', 'a\nb', 'x'.repeat(65)])('is not %j', async (name) => {
    await expect(setDisplayName(alice, name)).rejects.toMatchObject({
      kind: 'invalid',
      reason: 'display_name',
    });
  });
});
