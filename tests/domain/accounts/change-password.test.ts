import { beforeAll, describe, expect, it } from 'vitest';
import { changePassword } from '#server/domain/accounts/change-password';
import { signIn } from '#server/domain/accounts/sign-in';
import { actorOfSessionToken } from '#server/domain/sessions/actor-of-session-token';
import { listSessions } from '#server/domain/sessions/list-sessions';
import { accountOf, BROWSER, newcomer, openChannels, PASSWORD, signedInAgain } from '#tests/support/people';

const NEW = 'An0ther-One';
const input = { currentPassword: PASSWORD, password: NEW, confirmation: NEW };

beforeAll(() => openChannels('general'));

describe('changing a password', () => {
  it('makes the new one the only one, and ends all sessions but this', async () => {
    const actor = await newcomer('alice');
    const elsewhere = await signedInAgain(actor);
    expect(await actorOfSessionToken(elsewhere.token)).not.toBeNull();

    await changePassword(actor, input);

    expect(await actorOfSessionToken(elsewhere.token)).toBeNull();
    expect((await listSessions(actor)).map(({ id }) => id)).toEqual([actor.sessionId]);
    await expect(signIn({ username: 'alice', password: PASSWORD }, BROWSER)).rejects.toMatchObject({
      reason: 'bad_credentials',
    });
    await expect(signIn({ username: 'alice', password: NEW }, BROWSER)).resolves.toBeDefined();
  });

  it.each([
    ['without the current one', { currentPassword: 'wrong' }, 'forbidden', 'wrong_password'],
    ['with an endless current one', { currentPassword: 'x'.repeat(1025) }, 'forbidden', 'wrong_password'],
    [
      'to one that breaks the rules',
      { password: 'short', confirmation: 'short' },
      'invalid',
      'password_too_short',
    ],
    ['with another confirmation', { confirmation: 'x' }, 'invalid', 'confirmation_differs'],
  ])('is refused %s', async (name, changes, kind, reason) => {
    const actor = await newcomer(name.replace(/\W/g, '-').slice(0, 32));
    const before = await accountOf(actor);
    await expect(changePassword(actor, { ...input, ...changes })).rejects.toMatchObject({ kind, reason });
    expect(await accountOf(actor)).toEqual(before);
  });

  it('happens once when it is asked for twice at once', async () => {
    const actor = await newcomer('twice');
    const outcomes = await Promise.allSettled([changePassword(actor, input), changePassword(actor, input)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('can not be used to guess the current one for long', async () => {
    const actor = await newcomer('stolen');
    const guess = () => changePassword(actor, { ...input, currentPassword: 'x'.repeat(1025) });
    for (let time = 0; time < 30; time++) await expect(guess()).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(guess()).rejects.toMatchObject({ kind: 'rate_limited' });
  });
});
