// What nobody may do without end, to the last time allowed and once more. Most limits are tested beside what they
// limit (docs/security.md names the tests); these belong to several things at once.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { signUp } from '#server/domain/accounts/sign-up';
import { callingOutFor } from '#server/domain/previews/call-out';
import { requestPasswordReset } from '#server/domain/sign-in/password-reset';
import { register } from '#server/domain/sign-in/register';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { type Door, openMainDoor } from '#tests/support/door';
import { mailsTo } from '#tests/support/outbox';
import { BROWSER, newcomer, openChannels, PASSWORD, type SignedInActor } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';
import { cookieOf } from '#tests/trpc/doors';

const SECOND = 1_000_000;
let door: Door;
let alice: SignedInActor;

beforeAll(async () => {
  await openChannels('general');
  alice = await newcomer('alice');
  door = await openMainDoor();
});

afterEach(releaseClock);
afterAll(() => door.close());

describe('an account', () => {
  it('is asked for two hundred times in an hour from one address, by name or by email', async () => {
    holdClock();
    await register({ email: 'taken@a.example', password: PASSWORD }, BROWSER);
    const device = { ...BROWSER, ip: '192.0.2.44' };
    const byName = (from = device) =>
      refusalOf(signUp({ username: 'alice', password: PASSWORD, confirmation: PASSWORD }, from));
    const byEmail = () => refusalOf(register({ email: 'taken@a.example', password: PASSWORD }, device));
    for (let time = 0; time < 100; time++) {
      expect(await byName()).toBe('conflict/username_taken');
      expect(await byEmail()).toBe('conflict/email_taken');
    }
    expect([await byName(), await byEmail()]).toEqual(Array(2).fill('rate_limited/too_many_attempts'));
    expect(await byName({ ...device, ip: '192.0.2.45' })).toBe('conflict/username_taken');
    advanceClock(18 * SECOND);
    expect(await byName()).toBe('conflict/username_taken');
  });
});

describe('a mailbox', () => {
  it('is written to ten times in an hour at the request of strangers', async () => {
    await register({ email: 'target@a.example', password: 'a password' }, { ...BROWSER, ip: null });
    for (let time = 0; time < 15; time++) {
      requestPasswordReset({ email: 'target@a.example' }, { ...BROWSER, ip: `203.0.113.${time}` });
    }
    expect(await mailsTo('target@a.example')).toHaveLength(10);
  });
});

describe('somebody signed in', () => {
  it('asks for two hundred places to upload to in a minute', async () => {
    holdClock();
    const headers = { ...(await cookieOf(alice)), 'content-type': 'application/json' };
    const ask = () =>
      door.ask({ method: 'POST', path: '/api/uploadthing', headers, body: Buffer.from('{}') });
    const statuses: number[] = [];
    for (let time = 0; time < 201; time++) statuses.push((await ask()).status);
    expect([statuses.slice(0, 200).every((status) => status === 400), statuses[200]]).toEqual([true, 429]);
    advanceClock(SECOND);
    expect((await ask()).status).toBe(400);
  });

  it('makes the server call out two hundred times in a minute', async () => {
    holdClock();
    const ask = () => callingOutFor(alice, async () => 'called').catch((error: Error) => error.name);
    const outcomes: string[] = [];
    for (let time = 0; time < 201; time++) outcomes.push(await ask());
    expect(outcomes).toEqual([...Array(200).fill('called'), 'TurnedAway']);
    advanceClock(SECOND);
    expect(await ask()).toBe('called');
  });
});
