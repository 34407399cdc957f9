import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { everybodyOffline } from '#server/domain/presence/everybody-offline';
import { listPresence } from '#server/domain/presence/list-presence';
import { presenceOverride, setPresenceOverride } from '#server/domain/presence/presence-override';
import { reportPresence } from '#server/domain/presence/report-presence';
import { advanceClock, holdClock, now, releaseClock } from '#server/platform/clock';
import { newcomers, openChannels } from '#tests/support/people';
import { signalsOf } from '#tests/support/signals';

const SECOND = 1_000_000;

let alice: Actor;
let bob: Actor;

beforeAll(async () => {
  await openChannels('general');
  [alice, bob] = await newcomers('alice', 'Bob');
});
afterEach(releaseClock);

async function seen(): Promise<Record<string, string>> {
  return Object.fromEntries((await listPresence()).map(({ person, state }) => [person.name, state]));
}

describe('presence', () => {
  it.each(['idle', 'hidden', 'offline', 'active'] as const)(
    'is what the client reports: %s',
    async (state) => {
      await reportPresence(alice, { state });
      expect(await seen()).toMatchObject({ alice: state });
    },
  );

  it('is listed by name in code units, with the time of the report', async () => {
    holdClock();
    await reportPresence(alice, { state: 'active' });
    await reportPresence(bob, { state: 'active' });
    expect(await listPresence()).toEqual([
      { person: { id: bob.accountId, name: 'Bob', displayName: null }, state: 'active', lastSeenAt: now() },
      {
        person: { id: alice.accountId, name: 'alice', displayName: null },
        state: 'active',
        lastSeenAt: now(),
      },
    ]);
  });

  it('is believed for exactly an hour and not changed by the server until then', async () => {
    holdClock();
    await reportPresence(alice, { state: 'idle' });
    advanceClock(1_800 * SECOND);
    await reportPresence(bob, { state: 'offline' });
    advanceClock(1_800 * SECOND);
    expect(await seen()).toEqual({ alice: 'idle', Bob: 'offline' });
    advanceClock(1);
    expect(await seen()).toEqual({ Bob: 'offline' });
  });

  it('is passed on when it changes, and when somebody comes back after an hour, but not when it is repeated', async () => {
    holdClock();
    await reportPresence(alice, { state: 'active' });
    expect(await signalsOf(() => reportPresence(alice, { state: 'idle' }))).toEqual([
      { type: 'presence', accountId: alice.accountId, state: 'idle' },
    ]);
    expect(await signalsOf(() => reportPresence(alice, { state: 'idle' }))).toEqual([]);
    advanceClock(3_601 * SECOND);
    expect(await signalsOf(() => reportPresence(alice, { state: 'idle' }))).toEqual([
      { type: 'presence', accountId: alice.accountId, state: 'idle' },
    ]);
  });

  it('survives two first reports at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => reportPresence(alice, { state: 'active' })));
    expect(await seen()).toMatchObject({ alice: 'active' });
  });

  it('is offline for everybody when the server starts, chosen or not', async () => {
    await setPresenceOverride(bob, 'active');
    await everybodyOffline();
    expect(await seen()).toEqual({ alice: 'offline', Bob: 'offline' });
    expect(await presenceOverride(bob)).toBeNull();
  });
});

describe('what somebody chose to be seen as', () => {
  it('wins over what their clients report until they take it back', async () => {
    await reportPresence(alice, { state: 'active' });
    const signals = await signalsOf(() => setPresenceOverride(alice, 'offline'));
    expect(signals).toEqual([{ type: 'presence', accountId: alice.accountId, state: 'offline' }]);
    expect(await presenceOverride(alice)).toBe('offline');

    expect(await signalsOf(() => reportPresence(alice, { state: 'hidden' }))).toEqual([]);
    expect(await seen()).toMatchObject({ alice: 'offline' });

    expect(await signalsOf(() => setPresenceOverride(alice, null))).toEqual([
      { type: 'presence', accountId: alice.accountId, state: 'hidden' },
    ]);
    expect(await seen()).toMatchObject({ alice: 'hidden' });
  });
});
