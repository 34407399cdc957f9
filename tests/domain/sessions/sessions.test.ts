import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listPresence } from '#server/domain/presence/list-presence';
import { setPresenceOverride } from '#server/domain/presence/presence-override';
import { actorOfSessionToken, forgetSessions } from '#server/domain/sessions/actor-of-session-token';
import { endOtherSessions, endSession } from '#server/domain/sessions/end-sessions';
import { knownSessions } from '#server/domain/sessions/known-sessions';
import { listSessions } from '#server/domain/sessions/list-sessions';
import { signOut } from '#server/domain/sessions/sign-out';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { plain, prisma } from '#server/platform/database';
import { eventsOf } from '#tests/support/events';
import { newcomer, newcomers, openChannels, type SignedInActor, signedInAgain } from '#tests/support/people';

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;

let alice: SignedInActor;
let bob: SignedInActor;

beforeAll(async () => {
  await openChannels('general');
  [alice, bob] = await newcomers('alice', 'bob');
});
afterEach(releaseClock);

/** What a moment without requests does. */
function forget({ actor }: { actor: SignedInActor }): void {
  forgetSessions([actor.sessionId]);
}

describe('a session token', () => {
  it('stands for the account, the session and the face it was opened through', async () => {
    const { actor, token } = await signedInAgain(alice);
    expect(await actorOfSessionToken(token)).toEqual(actor);
  });

  it.each(['', 'x', 'a'.repeat(43), '\0'])('means nobody when it is %j', async (token) => {
    expect(await actorOfSessionToken(token)).toBeNull();
  });

  it('is looked up once for many requests', async () => {
    const { token } = await signedInAgain(alice);
    await actorOfSessionToken(token);
    await prisma.$executeRaw`UPDATE account SET role = 'admin' WHERE id = ${alice.accountId}`;
    expect(await actorOfSessionToken(token)).toMatchObject({ role: alice.role });
    await prisma.account.update({ where: { id: alice.accountId }, data: { role: alice.role } });
  });

  it('lives for thirty days after each use, and its use is noted hourly at most', async () => {
    holdClock();
    const session = await signedInAgain(bob);
    const row = async () =>
      plain(await prisma.session.findUniqueOrThrow({ where: { id: session.actor.sessionId } }));
    const opened = await row();

    advanceClock(HOUR - 1);
    await actorOfSessionToken(session.token);
    expect(await row()).toEqual(opened);

    advanceClock(28 * DAY);
    forget(session);
    expect(await actorOfSessionToken(session.token)).not.toBeNull();
    expect((await row()).expiresAt).toBe(opened.expiresAt + 28 * DAY + HOUR - 1);

    advanceClock(30 * DAY - 1);
    forget(session);
    expect(await actorOfSessionToken(session.token)).not.toBeNull();
    // found in memory, but over all the same
    advanceClock(30 * DAY);
    expect(await actorOfSessionToken(session.token)).toBeNull();
    forget(session);
    expect(await actorOfSessionToken(session.token)).toBeNull();
  });

  it('is worthless as soon as another process says that the session has ended', async () => {
    const { actor, token } = await signedInAgain(alice);
    await actorOfSessionToken(token);
    await prisma.session.delete({ where: { id: actor.sessionId } });
    expect(await actorOfSessionToken(token)).not.toBeNull();
    forgetSessions([actor.sessionId]);
    expect(await actorOfSessionToken(token)).toBeNull();
  });

  it('is not kept by a look-up that was under way while the session ended', () => {
    const session = { actor: alice, expiresAt: Number.MAX_SAFE_INTEGER };
    const mark = knownSessions.mark();
    knownSessions.forgetSessions([alice.sessionId]);
    knownSessions.keep(mark, 'key', session);
    expect(knownSessions.get('key')).toBeUndefined();
    knownSessions.keep(knownSessions.mark(), 'key', session);
    expect(knownSessions.get('key')).toBe(session);
  });
});

describe('signing out', () => {
  it('ends this session at once and no other one', async () => {
    const here = await signedInAgain(alice);
    const there = await signedInAgain(alice);
    await actorOfSessionToken(here.token);
    const events = await eventsOf(() => signOut(here.actor));
    expect(await actorOfSessionToken(here.token)).toBeNull();
    expect(await actorOfSessionToken(there.token)).not.toBeNull();
    expect(events).toEqual([
      {
        type: 'session_ended',
        audience: { accountIds: [alice.accountId] },
        payload: { accountId: alice.accountId, sessionIds: [here.actor.sessionId] },
      },
    ]);
  });

  it('shows the person offline, whatever they had chosen to be seen as', async () => {
    const { actor } = await signedInAgain(bob);
    await setPresenceOverride(actor, 'active');
    await signOut(actor);
    expect(await listPresence()).toContainEqual(
      expect.objectContaining({
        person: { id: bob.accountId, name: 'bob', displayName: null },
        state: 'offline',
      }),
    );
  });

  it('twice is no error', async () => {
    const { actor } = await signedInAgain(alice);
    await signOut(actor);
    expect(await eventsOf(() => signOut(actor))).toEqual([]);
  });
});

describe('one’s own sessions', () => {
  it('are listed, the last used first, this one marked', async () => {
    holdClock();
    const actor = await newcomer('carol');
    advanceClock(1_000);
    const phone = await signedInAgain(actor);
    const sessions = await listSessions(actor);
    expect(sessions.map(({ id, current }) => [id, current])).toEqual([
      [phone.actor.sessionId, false],
      [actor.sessionId, true],
    ]);
    expect(sessions[0]).toMatchObject({ face: 'web', userAgent: 'Mozilla/5.0', ip: '127.0.0.1' });
  });

  it('can be ended one by one', async () => {
    const { actor, token } = await signedInAgain(alice);
    await actorOfSessionToken(token);
    await endSession(alice, actor.sessionId);
    expect(await actorOfSessionToken(token)).toBeNull();
  });

  it('do not include anybody else’s', async () => {
    const { actor, token } = await signedInAgain(alice);
    await expect(endSession(bob, actor.sessionId)).rejects.toMatchObject({
      kind: 'not_found',
      reason: 'session',
    });
    expect(await actorOfSessionToken(token)).not.toBeNull();
    expect((await listSessions(bob)).some(({ id }) => id === actor.sessionId)).toBe(false);
  });

  it('can all be ended but this', async () => {
    const actor = await newcomer('dave');
    const others = [await signedInAgain(actor), await signedInAgain(actor)];
    await endOtherSessions(actor);
    for (const { token } of others) expect(await actorOfSessionToken(token)).toBeNull();
    expect((await listSessions(actor)).map(({ id }) => id)).toEqual([actor.sessionId]);
    // access tokens may be left of sessions that ended long ago
    const again = await eventsOf(() => endOtherSessions(actor));
    expect(again.map(({ payload }) => payload)).toEqual([
      { accountId: actor.accountId, sessionIds: [], tokens: true },
    ]);
  });

  it('disappear when they have expired, at the latest with the next sign-in', async () => {
    holdClock();
    const actor = await newcomer('erin');
    advanceClock(30 * DAY);
    expect(await listSessions(actor)).toEqual([]);
    await signedInAgain(actor);
    expect(await prisma.session.count({ where: { accountId: actor.accountId } })).toBe(1);
  });
});
