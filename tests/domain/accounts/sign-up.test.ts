import { beforeAll, describe, expect, it } from 'vitest';
import { listAccounts } from '#server/domain/accounts/list-accounts';
import { type SignUp, signUp } from '#server/domain/accounts/sign-up';
import { listConversations } from '#server/domain/conversations/find-conversations';
import type { Actor } from '#server/domain/kernel/actor';
import { listMessages } from '#server/domain/messages/list-messages';
import { listPresence } from '#server/domain/presence/list-presence';
import { actorOfSessionToken } from '#server/domain/sessions/actor-of-session-token';
import { prisma } from '#server/platform/database';
import { eventsOf } from '#tests/support/events';
import { BROWSER, newcomer, openChannels } from '#tests/support/people';
import { say } from '#tests/support/say';

const PASSWORD = 'Passw0rd!';

function join(username: string, changes: Partial<SignUp> = {}) {
  return signUp({ username, password: PASSWORD, confirmation: PASSWORD, ...changes }, BROWSER);
}

async function actorOf(signedUp: ReturnType<typeof join>): Promise<Actor> {
  const actor = await actorOfSessionToken((await signedUp).session.token);
  if (!actor) throw new Error('the session does not work');
  return actor;
}

beforeAll(() => openChannels('general', 'software'));

describe('the first people on a server', () => {
  it('get exactly one owner among them, even when they come at once', async () => {
    const actors = await Promise.all(['ada', 'bea', 'cleo', 'dora'].map((name) => actorOf(join(name))));
    expect(actors.map((actor) => actor.role).sort()).toEqual(['member', 'member', 'member', 'owner']);
  });
});

describe('signing up', () => {
  it('signs in, under the name as spelled and without the white space around it', async () => {
    const { account, session } = await join('  Erin ');
    expect(account).toMatchObject({ username: 'Erin', displayName: null, nameColor: null, avatarFile: null });
    expect(await actorOfSessionToken(session.token)).toMatchObject({
      accountId: account.id,
      username: 'Erin',
      role: 'member',
      sessionId: session.id,
      face: 'web',
    });
  });

  it('keeps neither the password nor the session token', async () => {
    const { account, session } = await join('frank');
    const row = await prisma.account.findUniqueOrThrow({ where: { id: account.id } });
    expect(row.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const stored = await prisma.session.findUniqueOrThrow({ where: { id: session.id } });
    expect(Buffer.from(stored.tokenHash).includes(session.token)).toBe(false);
    expect(stored).toMatchObject({ face: 'web', userAgent: 'Mozilla/5.0', ip: '127.0.0.1' });
  });

  it('shows all public history, with nothing of it unread', async () => {
    const writer = await newcomer('gina');
    const [general, software] = await listConversations(writer);
    await say(writer, software?.id as number, 'before you came');

    const actor = await actorOf(join('hugo'));
    const places = await listConversations(actor);
    expect(places.map((place) => [place.name, place.unread])).toEqual([
      ['general', 0],
      ['software', 0],
    ]);
    const { messages } = await listMessages(actor, { conversationId: software?.id as number, limit: 10 });
    expect(messages.at(-1)).toMatchObject({ text: 'before you came' });

    await say(writer, general?.id as number, 'and welcome');
    expect((await listConversations(actor))[0]).toMatchObject({ name: 'general', unread: 1 });
  });

  it('is announced in the first public channel, by name and by nobody', async () => {
    const actor = await actorOf(join('ivan'));
    const [general] = await listConversations(actor);
    const { messages } = await listMessages(actor, { conversationId: general?.id as number, limit: 1 });
    expect(messages).toMatchObject([{ kind: 'notice', sender: null, counts: false }]);
    expect(messages[0]?.text).toContain('ivan');
  });

  it('makes the newcomer present', async () => {
    const actor = await actorOf(join('judy'));
    expect(await listPresence()).toContainEqual(
      expect.objectContaining({
        person: { id: actor.accountId, name: 'judy', displayName: null },
        state: 'active',
      }),
    );
  });

  it('tells everyone', async () => {
    const events = await eventsOf(() => join('kim'));
    const kim = (await listAccounts()).find((account) => account.username === 'kim');
    expect(events).toContainEqual({
      type: 'account_created',
      audience: 'everyone',
      payload: { accountId: kim?.id },
    });
  });
});

describe('signing up is refused', () => {
  it.each<[string, string, Partial<SignUp>]>([
    ['without a name', 'blank', { username: '  ' }],
    ['without a password', 'blank', { password: '', confirmation: '' }],
    [
      'with a reserved name, even with a bad password',
      'username_reserved',
      { username: 'SYSTEM', password: 'x' },
    ],
    ['with a bad name, even with a bad password', 'username_pattern', { username: 'a b', password: 'x' }],
    ['with a short password', 'password_too_short', { password: 'Abc1!', confirmation: 'Abc1!' }],
    ['with a bad password before a wrong confirmation', 'password_no_digit', { password: 'ABCDEFG!' }],
    ['with another confirmation', 'confirmation_differs', { confirmation: 'Passw0rd?' }],
  ])('%s', async (_, reason, changes) => {
    await expect(join('somebody', changes)).rejects.toMatchObject({ kind: 'invalid', reason });
  });

  it('with a name that differs from another in letter case only', async () => {
    await newcomer('Lena');
    await expect(join('lENA')).rejects.toMatchObject({ kind: 'conflict', reason: 'username_taken' });
  });

  it('for all but one of those who want one name at once, however they spell it', async () => {
    const spellings = ['mona', 'Mona', 'MONA', 'mOnA', 'moNa'];
    const outcomes = await Promise.allSettled(spellings.map((name) => join(name)));
    const losers = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(losers).toHaveLength(4);
    for (const loser of losers) expect(loser).toMatchObject({ kind: 'conflict', reason: 'username_taken' });
    const named = (await listAccounts()).filter(({ username }) => username.toLowerCase() === 'mona');
    expect(named).toHaveLength(1);
  });

  it('without leaving anything behind', async () => {
    const before = (await listAccounts()).length;
    const events = await eventsOf(() => join('nobody', { confirmation: 'x' }).catch(() => {}));
    expect(events).toEqual([]);
    expect(await listAccounts()).toHaveLength(before);
  });
});
