import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { signIn } from '#server/domain/accounts/sign-in';
import { listPresence } from '#server/domain/presence/list-presence';
import { setPresenceOverride } from '#server/domain/presence/presence-override';
import { actorOfSessionToken } from '#server/domain/sessions/actor-of-session-token';
import { signOut } from '#server/domain/sessions/sign-out';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { log } from '#server/platform/log';
import { accountOf, BROWSER, newcomer, openChannels, PASSWORD } from '#tests/support/people';
import { changeSettingsFile } from '#tests/support/settings';

const MINUTE = 60_000_000;
const LOCKED = { kind: 'unauthenticated', reason: 'account_locked' };
const GENERIC = { kind: 'unauthenticated', reason: 'bad_credentials' };

const enter = (username: string, password = PASSWORD) => signIn({ username, password }, BROWSER);
const fail = (username: string) => enter(username, 'wrong');

async function failTimes(times: number, username: string): Promise<void> {
  for (let time = 0; time < times; time++) await expect(fail(username)).rejects.toMatchObject(GENERIC);
}

beforeAll(() => openChannels('general'));
beforeEach(() => {
  changeSettingsFile({ max_login_attempts: 5, lockout_duration_minutes: 15, login_failure_delay_seconds: 0 });
});
afterEach(releaseClock);

describe('signing in', () => {
  it('takes the name in any letter case and with white space, and gives the session its own spelling', async () => {
    await newcomer('Alice');
    const { account, session } = await enter('  aLiCe ');
    expect(account.username).toBe('Alice');
    expect(await actorOfSessionToken(session.token)).toMatchObject({ username: 'Alice' });
  });

  it('takes the password exactly as it is', async () => {
    await newcomer('exact');
    await expect(enter('exact', ` ${PASSWORD}`)).rejects.toMatchObject(GENERIC);
  });

  it('makes the person present', async () => {
    const actor = await newcomer('present');
    await signOut(actor);
    await enter('present');
    expect(await listPresence()).toContainEqual(
      expect.objectContaining({
        person: { id: actor.accountId, name: 'present', displayName: null },
        state: 'active',
      }),
    );
  });

  it('leaves what they chose to be seen as', async () => {
    const actor = await newcomer('chooser');
    await setPresenceOverride(actor, 'idle');
    await enter('chooser');
    expect(await listPresence()).toContainEqual(
      expect.objectContaining({
        person: { id: actor.accountId, name: 'chooser', displayName: null },
        state: 'idle',
      }),
    );
  });

  it('refuses a wrong password and an unknown name in the same words', async () => {
    await newcomer('known');
    const wrong = await fail('known').catch((error: unknown) => error);
    const unknown = await fail('unknown').catch((error: unknown) => error);
    expect(wrong).toMatchObject(GENERIC);
    expect(unknown).toEqual(wrong);
  });

  it.each(['', 'a b', 'x'.repeat(10_000), "'; --", 'a\0b'])(
    'refuses the name %j like any other',
    async (name) => {
      await expect(fail(name)).rejects.toMatchObject(GENERIC);
    },
  );

  it('refuses an endless password without counting it', async () => {
    const actor = await newcomer('endless');
    await expect(enter('endless', 'x'.repeat(1025))).rejects.toMatchObject(GENERIC);
    expect(await accountOf(actor)).toMatchObject({ failedLogins: 0 });
  });
});

describe('the lockout', () => {
  it('comes with the fifth wrong password in a row and says for how long', async () => {
    await newcomer('five');
    await failTimes(4, 'five');
    await expect(fail('five')).rejects.toMatchObject({ ...LOCKED, detail: { minutes: 15 } });
  });

  it('refuses the right password too, counting down whole minutes, and then ends', async () => {
    await newcomer('waits');
    holdClock();
    await failTimes(4, 'waits');
    await expect(fail('waits')).rejects.toMatchObject(LOCKED);
    await expect(enter('waits')).rejects.toMatchObject({ ...LOCKED, detail: { minutes: 16 } });
    advanceClock(1);
    await expect(enter('waits')).rejects.toMatchObject({ ...LOCKED, detail: { minutes: 15 } });
    advanceClock(15 * MINUTE - 2);
    await expect(enter('waits')).rejects.toMatchObject({ ...LOCKED, detail: { minutes: 1 } });
    advanceClock(1);
    await expect(enter('waits')).resolves.toBeDefined();
  });

  it('is not made longer by attempts during it, and nothing is counted then', async () => {
    const actor = await newcomer('steady');
    await failTimes(4, 'steady');
    await expect(fail('steady')).rejects.toMatchObject(LOCKED);
    const before = await accountOf(actor);
    await expect(fail('steady')).rejects.toMatchObject(LOCKED);
    expect(await accountOf(actor)).toEqual(before);
    expect(before).toMatchObject({ failedLogins: 0 });
  });

  it('begins counting anew after a success', async () => {
    const actor = await newcomer('resets');
    await failTimes(4, 'resets');
    await enter('resets');
    expect(await accountOf(actor)).toMatchObject({ failedLogins: 0, lockedUntil: null });
    await failTimes(4, 'resets');
  });

  it('begins counting anew when it is over', async () => {
    await newcomer('again');
    holdClock();
    await failTimes(4, 'again');
    await expect(fail('again')).rejects.toMatchObject(LOCKED);
    advanceClock(15 * MINUTE);
    await failTimes(4, 'again');
    await expect(fail('again')).rejects.toMatchObject(LOCKED);
  });

  it('counts simultaneous guesses like any others, and stops the right one among the rest', async () => {
    const actor = await newcomer('flooded');
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => fail('flooded')));
    const reasons = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.reason : 'in'));
    expect(reasons.filter((reason) => reason === 'bad_credentials')).toHaveLength(4);
    expect(reasons.filter((reason) => reason === 'account_locked')).toHaveLength(16);
    expect(await accountOf(actor)).toMatchObject({ failedLogins: 0 });
    await expect(enter('flooded')).rejects.toMatchObject(LOCKED);
  });

  it('does not come when the settings switch it off, which they may do at any time', async () => {
    const actor = await newcomer('free');
    changeSettingsFile({ max_login_attempts: 0 });
    await failTimes(7, 'free');
    expect(await accountOf(actor)).toMatchObject({ failedLogins: 0 });

    changeSettingsFile({ max_login_attempts: 1 });
    await expect(fail('free')).rejects.toMatchObject(LOCKED);
    changeSettingsFile({ max_login_attempts: 0 });
    await expect(enter('free')).resolves.toBeDefined();
  });

  it('follows the settings in how many and how long', async () => {
    await newcomer('settings');
    changeSettingsFile({ max_login_attempts: 2, lockout_duration_minutes: 3 });
    await failTimes(1, 'settings');
    await expect(fail('settings')).rejects.toMatchObject({ ...LOCKED, detail: { minutes: 3 } });
  });

  it('does not touch other accounts', async () => {
    await newcomer('neighbour');
    await newcomer('target');
    await failTimes(4, 'target');
    await expect(fail('target')).rejects.toMatchObject(LOCKED);
    await expect(enter('neighbour')).resolves.toBeDefined();
  });
});

describe('the delay', () => {
  const SECONDS = 0.25;
  async function lasts(attempt: () => Promise<unknown>): Promise<number> {
    const start = performance.now();
    await attempt().catch(() => {});
    return (performance.now() - start) / 1000;
  }

  it('holds back no success', async () => {
    await newcomer('swift');
    changeSettingsFile({ login_failure_delay_seconds: 60 });
    expect(await lasts(() => enter('swift'))).toBeLessThan(10);
  });

  it('holds back every failure', async () => {
    await newcomer('slow');
    changeSettingsFile({ login_failure_delay_seconds: SECONDS, max_login_attempts: 2 });
    expect(await lasts(() => fail('slow'))).toBeGreaterThanOrEqual(SECONDS);
    expect(await lasts(() => fail('nobody'))).toBeGreaterThanOrEqual(SECONDS);
    expect(await lasts(() => enter('slow', 'x'.repeat(2000)))).toBeGreaterThanOrEqual(SECONDS);
    expect(await lasts(() => fail('slow'))).toBeGreaterThanOrEqual(SECONDS);
    expect(await lasts(() => enter('slow'))).toBeGreaterThanOrEqual(SECONDS);
  });

  it('occupies no database connection meanwhile', async () => {
    await newcomer('many');
    changeSettingsFile({ login_failure_delay_seconds: 1 });
    const attempts = Promise.all(Array.from({ length: 30 }, (_, at) => fail(`ghost-${at}`).catch(() => {})));
    const first = await Promise.race([attempts.then(() => 'attempts'), prisma.account.count()]);
    expect(first).not.toBe('attempts');
    await attempts;
  });

  it('turns a flood away instead of remembering it', async () => {
    changeSettingsFile({ login_failure_delay_seconds: 0.5 });
    const tooLong = 'x'.repeat(1025);
    const outcomes = await Promise.allSettled(Array.from({ length: 1_005 }, () => enter('flood', tooLong)));
    const reasons = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.reason);
    expect(reasons.filter((reason) => reason === 'too_busy')).toHaveLength(5);
    expect(reasons.filter((reason) => reason === 'bad_credentials')).toHaveLength(1_000);
  });
});

describe('the log', () => {
  afterEach(() => vi.restoreAllMocks());

  it('says who came in, who did not and who is locked out, and nothing that was entered', async () => {
    const person = await newcomer('nora');
    const [info, warn] = [vi.spyOn(log, 'info'), vi.spyOn(log, 'warn')];
    await enter('nora', PASSWORD);
    for (let time = 0; time < 5; time++) await expect(enter('nora', 'Typed-wrong-1!')).rejects.toThrow();
    await expect(enter('My-passw0rd-typed-here!', 'x')).rejects.toThrow();
    expect(info.mock.calls).toContainEqual([
      { account: person.accountId, session: expect.any(Number), face: 'web', ip: '127.0.0.1' },
      'signed in',
    ]);
    const refused = info.mock.calls.filter(([, words]) => words === 'a sign-in was refused');
    expect(refused.map(([facts]) => facts)).toEqual(
      [...Array(4).fill('bad_credentials'), 'account_locked', 'bad_credentials'].map((reason) => ({
        way: 'password',
        face: 'web',
        ip: '127.0.0.1',
        reason,
      })),
    );
    expect(warn.mock.calls).toEqual([[{ account: person.accountId, minutes: 15 }, 'an account was locked']]);
    expect(JSON.stringify([info.mock.calls, warn.mock.calls])).not.toMatch(/typed|passw0rd/i);
  });
});

describe('the limit by address', () => {
  it('refuses the sixty-first attempt in a minute from one address at once', async () => {
    holdClock();
    const attempt = (ip: string) =>
      signIn({ username: 'ghost', password: 'x'.repeat(1025) }, { ...BROWSER, ip });
    for (let time = 0; time < 60; time++) await expect(attempt('192.0.2.7')).rejects.toMatchObject(GENERIC);
    await expect(attempt('192.0.2.7')).rejects.toMatchObject({
      kind: 'rate_limited',
      reason: 'too_many_attempts',
      detail: { retryAfterSeconds: 1 },
    });
    await expect(attempt('192.0.2.8')).rejects.toMatchObject(GENERIC);
    advanceClock(1_000_000);
    await expect(attempt('192.0.2.7')).rejects.toMatchObject(GENERIC);
  });

  it('takes the addresses of one IPv6 network together', async () => {
    holdClock();
    const attempt = (at: number) =>
      signIn({ username: 'ghost', password: 'x'.repeat(1025) }, { ...BROWSER, ip: `2001:db8:1:2::${at}` });
    for (let time = 1; time <= 60; time++) await expect(attempt(time)).rejects.toMatchObject(GENERIC);
    await expect(attempt(61)).rejects.toMatchObject({ kind: 'rate_limited' });
  });

  it('does not hold for the machine itself, where a proxy may stand for everybody', async () => {
    for (const ip of ['127.0.0.1', '::1', '::ffff:127.0.0.1', null]) {
      for (let time = 0; time < 61; time++) {
        const attempt = signIn({ username: 'ghost', password: 'x'.repeat(1025) }, { ...BROWSER, ip });
        await expect(attempt).rejects.toMatchObject(GENERIC);
      }
    }
  });
});
