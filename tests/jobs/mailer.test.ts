import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { transaction } from '#server/domain/kernel/transaction';
import { listOutbox } from '#server/domain/mail/list-outbox';
import { noteFailure, noteSent, takeDueMails, tidyOutbox } from '#server/domain/mail/outbox';
import { ringMailer, writeMail } from '#server/domain/mail/write-mail';
import { requestPasswordReset } from '#server/domain/sign-in/password-reset';
import { deliverDueMails, startMailer } from '#server/jobs/mail/mailer';
import { closeTransport } from '#server/jobs/mail/transport';
import { advanceClock, holdClock, now, releaseClock } from '#server/platform/clock';
import { plain, prisma } from '#server/platform/database';
import { env } from '#server/platform/env';
import { type MailServer, startMailServer } from '#tests/support/mail-server';
import { mailsTo } from '#tests/support/outbox';
import { BROWSER, newcomers, openChannels } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';
import { changeSettingsFile } from '#tests/support/settings';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;

let owner: Actor;
let admin: Actor;
let member: Actor;
let server: MailServer;

beforeAll(async () => {
  await openChannels('general');
  [owner, admin, member] = await newcomers('olivia', 'adam', 'mia');
  await prisma.account.update({ where: { id: owner.accountId }, data: { email: 'olivia@a.example' } });
  await prisma.account.update({ where: { id: admin.accountId }, data: { role: 'admin' } });
  admin = { ...admin, role: 'admin' };
  server = await startMailServer();
});
beforeEach(async () => {
  await prisma.mail.deleteMany();
  env().SMTP_URL = server.url;
});
afterEach(() => {
  releaseClock();
  server.refuseWith(null);
  server.received.length = 0;
  env().SMTP_URL = undefined;
});
afterAll(async () => {
  closeTransport();
  await server.close();
});

function write(recipient: string, text = 'Hello.\n'): Promise<void> {
  const mail = { recipient, subject: 'Zażółć', text, expiresAt: now() + 15 * MINUTE };
  return transaction((db) => writeMail(db, mail));
}

async function stateOf(recipient: string) {
  const [mail] = await mailsTo(recipient);
  return mail;
}

describe('the mailer', () => {
  it('sends what is written, and forgets what it said', async () => {
    await write('alice@a.example', 'Your link:\n\nhttps://x.example/?a=1&b=2\n');
    await deliverDueMails();
    expect(server.received).toMatchObject([
      {
        subject: 'Zażółć',
        text: 'Your link:\n\nhttps://x.example/?a=1&b=2\n',
        from: { text: 'parley@127.0.0.1' },
        to: { text: 'alice@a.example' },
      },
    ]);
    expect(await stateOf('alice@a.example')).toMatchObject({ state: 'sent', text: null, attempts: 1 });
  });

  it('sends at once what a command has written, and what asked for before it started', async () => {
    await write('early@a.example');
    const stop = startMailer();
    await until(() => server.received.length === 1);
    requestPasswordReset({ email: 'olivia@a.example' }, BROWSER);
    await until(() => server.received.length === 2);
    expect(server.received[1]?.text).toMatch(
      /http:\/\/127\.0\.0\.1:3000\/login\/password\?token=[0-9a-f]{64}/,
    );
    await stop();
    await write('later@a.example');
    ringMailer();
    expect(await stateOf('later@a.example')).toMatchObject({ state: 'waiting', attempts: 0 });
  });

  it('sends every mail once, however many workers there are', async () => {
    for (let at = 0; at < 30; at++) await write(`person-${at}@a.example`);
    while ((await Promise.all([1, 2, 3, 4].map(deliverDueMails))).some((count) => count > 0));
    const recipients = server.received.map(({ to }) => (Array.isArray(to) ? '' : to?.text)).sort();
    expect(recipients).toEqual(Array.from({ length: 30 }, (_, at) => `person-${at}@a.example`).sort());
  });

  it('tries again later, ever later, and gives up in the end', async () => {
    holdClock();
    server.refuseWith(451);
    await write('busy@a.example');
    expect(await deliverDueMails()).toBe(1);
    expect(await stateOf('busy@a.example')).toMatchObject({
      state: 'waiting',
      lastError: expect.stringMatching(/451/),
    });
    expect(await deliverDueMails()).toBe(0);
    advanceClock(15 * SECOND);
    expect(await deliverDueMails()).toBe(1);
    advanceClock(59 * SECOND);
    expect(await deliverDueMails()).toBe(0);
    advanceClock(SECOND);
    expect(await deliverDueMails()).toBe(1);
    expect(await stateOf('busy@a.example')).toMatchObject({ state: 'failed', attempts: 3 });
    // an administrator may still hand it on
    expect(await stateOf('busy@a.example')).toMatchObject({ text: 'Hello.\n' });
  });

  it('goes on after one that fails', async () => {
    server.refuseWith(550);
    await write('gone@a.example');
    await deliverDueMails();
    server.refuseWith(null);
    await write('here@a.example');
    await deliverDueMails();
    expect(server.received).toHaveLength(1);
  });

  it('leaves everything in the outbox without a mail server, and when nobody answers there', async () => {
    env().SMTP_URL = undefined;
    await write('alice@a.example');
    expect(await deliverDueMails()).toBe(0);
    env().SMTP_URL = 'smtp://127.0.0.1:1';
    expect(await deliverDueMails()).toBe(1);
    expect(await stateOf('alice@a.example')).toMatchObject({ state: 'waiting', attempts: 1 });
  });

  it('follows the settings: another server, with a name and a password', async () => {
    const logins: string[] = [];
    const other = await startMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, done) {
        logins.push(`${username}:${password}`);
        done(null, { user: username });
      },
    });
    env().SMTP_URL = undefined;
    changeSettingsFile({
      email: { host: '127.0.0.1', port: other.port, secure: false, user: 'me@a.example', password: 'pw' },
    });
    await write('alice@a.example');
    await deliverDueMails();
    expect(other.received).toMatchObject([{ from: { text: 'me@a.example' } }]);
    expect(logins).toEqual(['me@a.example:pw']);
    changeSettingsFile({ email: {} });
    closeTransport();
    await other.close();
  });

  it('reads nothing into an address but an address', async () => {
    await write('"a, b" <x@a.example>, eve@a.example');
    await deliverDueMails();
    expect(server.received.flatMap(({ to }) => (Array.isArray(to) ? [] : (to?.value ?? [])))).toHaveLength(
      server.received.length,
    );
  });
});

describe('a mail', () => {
  it('that a dead worker had taken is taken by another after two minutes', async () => {
    holdClock();
    await write('alice@a.example');
    expect(await takeDueMails(10)).toHaveLength(1);
    advanceClock(119 * SECOND);
    expect(await takeDueMails(10)).toHaveLength(0);
    advanceClock(SECOND);
    const [mail] = await takeDueMails(10);
    expect(mail).toMatchObject({ recipient: 'alice@a.example', attempts: 2 });
    if (mail) await noteSent(mail);
    expect(await stateOf('alice@a.example')).toMatchObject({ state: 'sent' });
  });

  it('is not sent after its links have stopped working, and is forgotten then', async () => {
    holdClock();
    await write('late@a.example');
    advanceClock(15 * MINUTE);
    expect(await takeDueMails(10)).toEqual([]);
    expect(await tidyOutbox()).toEqual({ emptied: 1, removed: 0 });
    expect(await stateOf('late@a.example')).toMatchObject({ state: 'failed', text: null });
    advanceClock(30 * 24 * 60 * MINUTE);
    expect(await tidyOutbox()).toEqual({ emptied: 0, removed: 1 });
  });

  it('may be read by administrators, an owner’s by owners only', async () => {
    for (const recipient of ['mia@a.example', 'olivia@a.example']) await write(recipient);
    expect(await listOutbox(owner, {})).toMatchObject([
      { recipient: 'olivia@a.example', text: 'Hello.\n', state: 'waiting' },
      { recipient: 'mia@a.example', text: 'Hello.\n' },
    ]);
    const seen = await listOutbox(admin, {});
    expect(seen).toMatchObject([{ text: null }, { text: 'Hello.\n' }]);
    expect(await listOutbox(owner, { before: seen[0]?.id, limit: 1 })).toMatchObject([
      { recipient: 'mia@a.example' },
    ]);
    expect(await refusalOf(listOutbox(member, {}))).toBe('forbidden/not_an_administrator');
  });

  it('keeps little of what went wrong', async () => {
    await write('alice@a.example');
    const [mail] = await takeDueMails(1);
    if (mail) await noteFailure(mail, 'x'.repeat(10_000));
    expect((await stateOf('alice@a.example'))?.lastError).toHaveLength(500);
    expect(plain(await prisma.mail.count())).toBe(1);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('it did not come');
    await delay(20);
  }
}
