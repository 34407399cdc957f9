import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { transaction } from '#server/domain/kernel/transaction';
import { listPresence } from '#server/domain/presence/list-presence';
import { endSessionsButToken } from '#server/domain/sessions/end-sessions';
import { listSessions } from '#server/domain/sessions/list-sessions';
import { openSession } from '#server/domain/sessions/open-session';
import { refreshSession } from '#server/domain/sessions/refresh-session';
import type { Device, OpenedSession } from '#server/domain/sessions/session';
import { signOutToken } from '#server/domain/sessions/sign-out';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { plain, prisma } from '#server/platform/database';
import { eventsOf } from '#tests/support/events';
import { newcomer, openChannels } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';
import { changeSettingsFile } from '#tests/support/settings';

const CLIENT: Device = { face: 'mikrochat', userAgent: 'client/1', ip: '192.0.2.1' };
const WEEK = 7 * 24 * 3_600_000_000;
const GONE = 'unauthenticated/session';

beforeAll(() => openChannels('general'));

const open = ({ accountId }: Actor) => transaction((db) => openSession(db, accountId, CLIENT));
const refresh = ({ token }: OpenedSession) => refreshSession('mikrochat', token);

async function works(session: OpenedSession): Promise<boolean> {
  return refresh(session).then(
    () => true,
    () => false,
  );
}

describe('a session of a MikroChat client', () => {
  it('has a secret of 80 hexadecimal digits, of which only a hash and a hint are kept', async () => {
    const actor = await newcomer('alice');
    const session = await open(actor);
    expect(session.token).toMatch(/^[0-9a-f]{80}$/);
    const row = await prisma.session.findUniqueOrThrow({ where: { id: session.id } });
    expect(row.tokenHint).toBe(session.token.slice(0, 8));
    expect(JSON.stringify(plain(row))).not.toContain(session.token.slice(0, 16));
    expect(await listSessions({ ...actor, sessionId: session.id })).toContainEqual(
      expect.objectContaining({ face: 'mikrochat', hint: session.token.slice(0, 8), current: true }),
    );
  });

  it('makes room: the fourth ends the first, the web app’s are not counted', async () => {
    const actor = await newcomer('bob');
    const sessions = [await open(actor), await open(actor), await open(actor)];
    let fourth: OpenedSession | undefined;
    const events = await eventsOf(async () => {
      fourth = await open(actor);
    });
    expect(await Promise.all([...sessions, fourth as OpenedSession].map(works))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(events.map(({ payload }) => payload)).toEqual([
      { accountId: actor.accountId, sessionIds: [sessions[0]?.id] },
    ]);
    expect(await listSessions(actor)).toHaveLength(4);
  });

  it('makes room as well when many come at once', async () => {
    const actor = await newcomer('carol');
    const sessions = await Promise.all(Array.from({ length: 8 }, () => open(actor)));
    expect((await Promise.all(sessions.map(works))).filter(Boolean)).toHaveLength(3);
  });

  it('may be as many as the settings say', async () => {
    changeSettingsFile({ auth: { maxActiveSessions: 1 } });
    const actor = await newcomer('dave');
    const [first, second] = [await open(actor), await open(actor)];
    expect([await works(first), await works(second)]).toEqual([false, true]);
    changeSettingsFile({ auth: {} });
  });
});

describe('refreshing', () => {
  it('keeps the secret, so that several at once all succeed', async () => {
    const session = await open(await newcomer('erin'));
    const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(session)));
    expect(answers).toEqual(Array.from({ length: 5 }, () => session));
  });

  it('begins the lifetime anew', async () => {
    holdClock();
    const session = await open(await newcomer('frank'));
    advanceClock(WEEK - 1);
    expect(await works(session)).toBe(true);
    advanceClock(WEEK - 1);
    expect(await works(session)).toBe(true);
    advanceClock(WEEK);
    expect(await refusalOf(refresh(session))).toBe(GONE);
    releaseClock();
  });

  it.each(['', 'x', 'f'.repeat(80), '\0'])('is refused for %j', async (token) => {
    expect(await refusalOf(refreshSession('mikrochat', token))).toBe(GONE);
  });

  it('is refused for the secret of another face', async () => {
    const actor = await newcomer('gina');
    const web = await transaction((db) => openSession(db, actor.accountId, { ...CLIENT, face: 'web' }));
    expect(await refusalOf(refresh(web))).toBe(GONE);
  });
});

describe('signing out by secret', () => {
  it('ends that session, and is no error the second time', async () => {
    const actor = await newcomer('henry');
    const [session, other] = [await open(actor), await open(actor)];
    await signOutToken(actor.accountId, session.token);
    await signOutToken(actor.accountId, session.token);
    expect([await works(session), await works(other)]).toEqual([false, true]);
    expect(await listPresence()).toContainEqual(
      expect.objectContaining({
        person: expect.objectContaining({ id: actor.accountId }),
        state: 'offline',
      }),
    );
  });

  it('touches nobody else’s', async () => {
    const [victim, thief] = [await newcomer('iris'), await newcomer('judy')];
    const session = await open(victim);
    await signOutToken(thief.accountId, session.token);
    expect(await works(session)).toBe(true);
  });

  it('ends all others when one is named, and all when none is', async () => {
    const actor = await newcomer('kate');
    const [kept, lost] = [await open(actor), await open(actor)];
    await endSessionsButToken(actor, kept.token);
    expect([await works(kept), await works(lost)]).toEqual([true, false]);
    await endSessionsButToken(actor, null);
    expect(await works(kept)).toBe(false);
    expect(await listSessions(actor)).toEqual([]);
  });
});
