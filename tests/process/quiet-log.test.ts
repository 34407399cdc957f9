// Everything people do, with the log as loud as it gets: afterwards none of their secrets and none of their words may
// be in it. docs/security.md names this test.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { administer, cloneTemplate } from '#tests/support/clone-template';
import { type Answer, type Door, doorTo } from '#tests/support/door';
import { type MailServer, startMailServer } from '#tests/support/mail-server';
import { MikrochatClient, register } from '#tests/support/mikrochat-client';
import { PIXEL, signUp, withFiles } from '#tests/support/minimost-client';
import { freePort, type ServerProcess, startServer, writeTestSettings } from '#tests/support/server-process';

const dataDir = mkdtempSync(join(tmpdir(), 'parley-quiet-'));
const JSON_BODY = { 'content-type': 'application/json' };

/** What must not be found: everything secret that was sent or received, every word written. */
const secrets = new Set<string>();
const secret = (text: string) => {
  if (text.length < 8) throw new Error(`"${text}" would be found by chance`);
  secrets.add(text);
  return text;
};

let mails: MailServer;
let provider: Server;
let server: ServerProcess;
let door: Door;
let databaseUrl: string;
let settings: object;

const ask = (method: string, path: string, body?: string | object, headers: Record<string, string> = {}) =>
  door.ask({
    method,
    path,
    headers,
    body:
      body === undefined ? undefined : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });

beforeAll(async () => {
  mails = await startMailServer({
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(null, { user: 'mailer' }),
  });
  // a provider that answers with something else than JSON, and puts a token into it
  provider = createServer((_req, res) => res.end(`access_token=${secret('gho-broken-token')}`));
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const { port } = provider.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const home = {
    ...{ id: 'home', name: 'Home', clientId: 'parley', clientSecret: secret('client-secret-1') },
    ...{ authorizationUrl: `${url}/a`, tokenUrl: `${url}/t`, userInfoUrl: `${url}/m` },
  };
  settings = {
    rate_limit_enabled: false,
    session_secret: secret('a-session-secret-of-this-test-alone-0123456789'),
    server: { rateLimit: { enabled: false } },
    oauth: { custom: [home] },
  };
  writeTestSettings(dataDir, settings);
  databaseUrl = await cloneTemplate(inject('postgresUrl'));
  server = await startServer('.build/server/main.js', {
    NODE_ENV: 'production',
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'trace',
    SMTP_URL: mails.url.replace('//', `//mailer:${secret('smtp-password-1')}@`),
    AUTH_JWT_SECRET: secret('a-jwt-secret-of-this-test-alone-0123456789abcdef'),
  });
  door = doorTo(server.baseUrl);
});

afterAll(async () => {
  await door?.close();
  await server?.stop();
  await mails?.close();
  provider?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function keepTokens({ text }: Answer): { accessToken: string; refreshToken: string } {
  const pair = JSON.parse(text) as { accessToken: string; refreshToken: string };
  secret(pair.accessToken);
  secret(pair.refreshToken);
  return pair;
}

/** The secret of the link that is mailed next. */
async function mailedToken(asking: () => Promise<unknown>): Promise<{ email: string; token: string }> {
  const before = mails.received.length;
  await asking();
  for (let time = 0; mails.received.length === before && time < 200; time++) await delay(50);
  const link = /https?:\S+/.exec(mails.received.at(-1)?.text ?? '')?.[0] ?? '';
  const { searchParams } = new URL(link);
  return { email: searchParams.get('email') ?? '', token: secret(searchParams.get('token') ?? '') };
}

async function inTheBrowser(): Promise<void> {
  const password = secret('Pa55word-of-alice!');
  const alice = await signUp(door, 'alice', password);
  secret(alice.cookie.split('=')[1] ?? '');
  await alice.post('/login', { username: 'alice', password: secret('Wrong-password-1!') });
  await alice.post('/login', { username: 'alice', password });
  secret(alice.cookie.split('=')[1] ?? '');
  const row = await alice.say('general', secret('first-words-of-alice'));
  await alice.post(`/edit/${row.id}`, { text: secret('second-words-of-alice') });
  await alice.postData(
    '/send/general',
    withFiles({ 'holiday-secret.png': PIXEL }, secret('words-with-a-file')),
  );
  secret('holiday-secret');
  await alice.get(`/search_messages?q=${secret('words-searched-for')}`);
  await alice.get(
    `/link_preview?url=${encodeURIComponent(`http://127.0.0.1:1/?key=${secret('key-in-an-address')}`)}`,
  );
  await alice.post('/settings', { bio: secret('words-about-alice') });
  const headers = { ...JSON_BODY, cookie: alice.cookie };
  const call = (name: string, json: unknown) => ask('POST', `/api/trpc/${name}`, { json }, headers);
  await call('messages.send', { conversationId: 1, entries: [{ text: secret('words-by-trpc') }] });
  await call('messages.send', {
    conversationId: secret('no-such-conversation'),
    entries: secret('bad-words'),
  });
  await ask(
    'GET',
    `/api/trpc/search.messages?input=${encodeURIComponent(JSON.stringify({ json: { text: secret('searched-by-trpc') } }))}`,
    undefined,
    headers,
  );
  const newPassword = secret('Next-passw0rd-of-alice!');
  await call('profile.changePassword', {
    currentPassword: password,
    password: newPassword,
    confirmation: newPassword,
  });
  const files = [{ name: `${secret('upload-of-alice')}.txt`, size: 18, type: 'text/plain' }];
  const slots = await ask(
    'POST',
    '/api/uploadthing?actionType=upload&slug=attachment',
    { files, input: null },
    {
      ...headers,
      'x-uploadthing-package': 'parley',
      'x-uploadthing-version': '7.7.4',
    },
  );
  const [slot] = JSON.parse(slots.text) as { url: string }[];
  secret(new URL(slot?.url ?? '', server.baseUrl).searchParams.get('signature') ?? '');
  const form = `--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n${secret('words-of-the-file!')}\r\n--x--\r\n`;
  await ask('PUT', slot?.url ?? '', form, {
    cookie: alice.cookie,
    'content-type': 'multipart/form-data; boundary=x',
  });
  await ask('POST', '/api/uploadthing', `{"broken ${secret('words-in-no-json')}`, headers);
}

async function throughMikrochat(): Promise<void> {
  const password = secret('password-of-ann-1');
  const ann = await register(door, 'ann@a.example', password);
  keepTokens({ text: JSON.stringify(ann.tokens) } as Answer);
  const again = await ask('POST', '/auth/password-login', { email: 'ann@a.example', password }, JSON_BODY);
  const { refreshToken } = keepTokens(again);
  keepTokens(await ask('POST', '/auth/refresh', { refreshToken }, JSON_BODY));
  await ask(
    'POST',
    '/auth/password-login',
    { email: 'ann@a.example', password: secret('wrong-password-2') },
    JSON_BODY,
  );
  await ask('POST', '/auth/refresh', { refreshToken: secret('no-refresh-token') }, JSON_BODY);
  await ask('GET', '/auth/me', undefined, { authorization: `Bearer ${secret('no-access-token')}` });
  const general = await ann.channelNamed('General');
  await ann.ask('POST', `/channels/${general}/messages`, { content: secret('words-of-ann-1') });
  await ann.ask('POST', `/channels/${general}/messages`, `{"content":"${secret('words-of-no-json')}`);
  await ann.ask('GET', `/search/messages?q=${secret('searched-by-ann')}`);
  await ann.ask('POST', `/channels/${general}/messages/image`, {
    filename: `${secret('image-of-ann')}.png`,
    image: PIXEL.toString('base64'),
  });
  // its own stream takes the token from the address
  await ask('HEAD', `/events?token=${ann.tokens.accessToken}`);
  const reset = await mailedToken(() =>
    ask('POST', '/auth/request-password-reset', { email: 'ann@a.example' }, JSON_BODY),
  );
  keepTokens(
    await ask('POST', '/auth/setup-password', { ...reset, password: secret('password-of-ann-2') }, JSON_BODY),
  );
  await ask(
    'POST',
    '/auth/logout',
    { refreshToken },
    { ...JSON_BODY, authorization: `Bearer ${ann.tokens.accessToken}` },
  );
}

async function byProvider(): Promise<void> {
  const there = await ask('GET', '/auth/oauth/home');
  const state = secret(new URL(there.headers.get('location') ?? '').searchParams.get('state') ?? '');
  const back = await ask('GET', `/auth/oauth/home/callback?state=${state}&code=${secret('a-code-of-home')}`);
  expect(back.headers.get('location')).toContain('oauth_error');
}

async function byLink(): Promise<void> {
  writeTestSettings(dataDir, { ...settings, auth: { authMode: 'magic-link' } });
  const link = await mailedToken(() => ask('POST', '/auth/login', { email: 'max@a.example' }, JSON_BODY));
  const { accessToken } = keepTokens(
    await ask(
      'POST',
      '/auth/verify',
      { email: link.email },
      { ...JSON_BODY, authorization: `Bearer ${link.token}` },
    ),
  );
  const max = new MikrochatClient(door);
  max.tokens.accessToken = accessToken;
  expect(await max.statusOf('GET', '/auth/me')).toBe(200);
  await ask('GET', `/login/link?token=${link.token}&email=${link.email}`, undefined, { accept: 'text/html' });
  writeTestSettings(dataDir, settings);
}

/** Faults of ours: the table behind everything has gone while people write. */
async function whileBroken(): Promise<void> {
  const eve = await signUp(door, 'eve', secret('Pa55word-of-eve!'));
  const ann = await register(door, 'last@a.example', secret('password-of-last'));
  await administer(databaseUrl, 'ALTER TABLE message RENAME TO message_elsewhere');
  const sent = await ask('POST', '/send/general', `text=${secret('words-for-nobody-1')}`, {
    cookie: eve.cookie,
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(sent.status).toBe(500);
  await ask(
    'POST',
    '/api/trpc/messages.send',
    { json: { conversationId: 1, entries: [{ text: secret('words-for-nobody-2') }] } },
    { ...JSON_BODY, cookie: eve.cookie },
  );
  await ask(
    'POST',
    '/channels/1/messages',
    { content: secret('words-for-nobody-3') },
    { ...JSON_BODY, authorization: `Bearer ${ann.tokens.accessToken}` },
  );
  await ask('GET', `/search_messages?q=${secret('searched-for-nothing')}`, undefined, { cookie: eve.cookie });
  await administer(databaseUrl, 'ALTER TABLE message_elsewhere RENAME TO message');
}

it('the log holds no secret and no word of anybody, however people sign in and whatever fails', async () => {
  await inTheBrowser();
  await throughMikrochat();
  await byProvider();
  await byLink();
  await whileBroken();
  await delay(200);

  const log = server.output();
  // it was loud: every request, faults of ours with their stacks, the provider's
  expect(log.split('\n').filter((line) => line.includes('"request"')).length).toBeGreaterThan(40);
  for (const words of [
    'a route failed',
    'a procedure failed',
    'a sign-in provider could not be asked',
    'signed in',
    'a sign-in was refused',
    '"stack"',
  ]) {
    expect(log).toContain(words);
  }
  expect(secrets.size).toBeGreaterThan(40);
  const found = [...secrets].filter((one) => log.includes(one) || log.includes(encodeURIComponent(one)));
  const lines = log.split('\n').filter((line) => found.some((one) => line.includes(one)));
  expect({ found, lines: lines.map((line) => line.slice(0, 400)) }).toEqual({ found: [], lines: [] });
});
