import { beforeAll, describe, expect, it } from 'vitest';
import { confirmEmail, findSignInFacts, removeEmail, requestEmail } from '#server/domain/accounts/own-email';
import type { Actor } from '#server/domain/kernel/actor';
import { prisma } from '#server/platform/database';
import { eventsOf } from '#tests/support/events';
import { mailedLink, mailsTo } from '#tests/support/outbox';
import { newcomers, openChannels, PASSWORD } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';

let alice: Actor;
let bob: Actor;

beforeAll(async () => {
  await openChannels('general');
  [alice, bob] = await newcomers('alice', 'bob');
});

const ask = (actor: Actor, email: string, password = PASSWORD) => requestEmail(actor, { email, password });

describe('one’s own address', () => {
  it('is used once the link mailed to it was opened', async () => {
    await ask(alice, ' Alice@A.example ');
    expect(await findSignInFacts(alice)).toEqual({ email: null, hasPassword: true });
    const link = await mailedLink('alice@a.example');
    expect(link.url.pathname).toBe('/login/email');
    const events = await eventsOf(() => confirmEmail(link));
    expect(events.map(({ type }) => type)).toEqual(['account_changed']);
    expect(await findSignInFacts(alice)).toEqual({ email: 'alice@a.example', hasPassword: true });
    expect(await refusalOf(confirmEmail(link))).toBe('invalid/token');
  });

  it('needs the password to be asked for and to be taken away', async () => {
    expect(await refusalOf(ask(alice, 'new@a.example', 'wrong'))).toBe('forbidden/wrong_password');
    expect(await refusalOf(ask(alice, 'nonsense'))).toBe('invalid/email');
    expect(await mailsTo('new@a.example')).toEqual([]);
    expect(await refusalOf(removeEmail(alice, { password: 'wrong' }))).toBe('forbidden/wrong_password');
    await removeEmail(alice, { password: PASSWORD });
    expect(await findSignInFacts(alice)).toMatchObject({ email: null });
  });

  it('is whose link was opened first; asking tells nobody that it is taken', async () => {
    await ask(alice, 'shared@a.example');
    const first = await mailedLink('shared@a.example');
    await confirmEmail(first);
    await ask(bob, 'shared@a.example');
    expect(await refusalOf(confirmEmail(await mailedLink('shared@a.example')))).toBe('conflict/email_taken');
    expect(await findSignInFacts(bob)).toMatchObject({ email: null });
  });

  it('is not kept from its owner by somebody who only claimed it', async () => {
    const claimed = await prisma.account.create({
      data: { username: 'squatter', email: 'wanted@a.example', createdAt: 0 },
    });
    await ask(bob, 'wanted@a.example');
    await confirmEmail(await mailedLink('wanted@a.example'));
    expect(await findSignInFacts(bob)).toMatchObject({ email: 'wanted@a.example' });
    expect(await prisma.account.findUnique({ where: { id: claimed.id } })).toMatchObject({ email: null });
  });

  it('of somebody without a password is asked for without one', async () => {
    const row = await prisma.account.create({ data: { username: 'carol', createdAt: 0 } });
    const carol: Actor = { ...alice, accountId: Number(row.id), username: 'carol' };
    await ask(carol, 'carol@a.example', '');
    await confirmEmail(await mailedLink('carol@a.example'));
    expect(await findSignInFacts(carol)).toEqual({ email: 'carol@a.example', hasPassword: false });
    expect(await refusalOf(removeEmail(carol, { password: '' }))).toBe('forbidden/wrong_password');
  });
});
