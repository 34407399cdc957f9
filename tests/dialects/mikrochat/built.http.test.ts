// The built server: the same examples and a stream, through everything that stands in front of the dialect there.
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { doorTo } from '#tests/support/door';
import { type MikrochatClient, register } from '#tests/support/mikrochat-client';
import { MikrochatStream } from '#tests/support/mikrochat-stream';
import { playExamples } from './golden';

const door = doorTo(inject('baseUrl'), 'built');
let admin: MikrochatClient;
let bob: MikrochatClient;

beforeAll(async () => {
  admin = await register(door, 'built-admin@example.org');
  bob = await register(door, 'built-bob@example.org');
  const database = new pg.Client({ connectionString: inject('builtDatabaseUrl') });
  await database.connect();
  await database.query(`UPDATE account SET role = 'admin' WHERE id = $1 AND role = 'member'`, [admin.id]);
  await database.end();
});
afterAll(() => door.close());

async function until(holds: () => boolean): Promise<void> {
  for (const began = performance.now(); !holds(); await delay(5)) {
    if (performance.now() - began > 20_000) throw new Error('waited in vain');
  }
}

describe.each(['', '/compat/mikrochat'])('the documented examples at “%s”', (base) => {
  test('hold in the built server', () =>
    playExamples(door, `built-${base ? 'compat' : 'root'}`, base, admin));
});

test('every answer has the security headers, and those of its own', async () => {
  const headers = { authorization: `Bearer ${bob.tokens.accessToken}` };
  for (const path of ['/auth/me', '/channels', '/compat/mikrochat/channels', '/compat/mikrochat/nothing']) {
    const answer = await door.ask({ method: 'GET', path, headers });
    expect(Object.fromEntries(answer.headers), path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    });
  }
});

test('MK-66 the stream comes at once, as one', async () => {
  const began = performance.now();
  await new Promise<void>((resolve, reject) => {
    const url = `${door.base}/events?token=${bob.tokens.accessToken}`;
    const request = get(url, { agent: false, headers: { 'accept-encoding': 'gzip, br' } }, (answer) => {
      expect(answer.statusCode).toBe(200);
      expect(answer.headers).toMatchObject({
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache, no-transform',
        'x-content-type-options': 'nosniff',
      });
      expect(answer.headers['content-encoding']).toBeUndefined();
      answer.once('data', (chunk: Buffer) => {
        expect(chunk.toString()).toContain('CONNECTED');
        request.destroy();
        resolve();
      });
    });
    request.on('error', reject);
  });
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('a reader that loses its connection misses nothing and hears nothing twice', async () => {
  const general = await bob.channelNamed('General');
  const stream = new MikrochatStream(admin);
  await until(() => stream.events.length > 0);
  const texts = Array.from({ length: 60 }, (_, number) => `built ${number}`);
  for (const [number, text] of texts.entries()) {
    await bob.say(general, text);
    if (number % 20 === 10) stream.follower.drop();
  }
  const mine = () => stream.sent(general).filter(({ content }) => content.startsWith('built '));
  await until(() => mine().length >= texts.length);
  expect(mine().map(({ content }) => content)).toEqual(texts);
  expect(stream.follower.connections).toBeGreaterThan(1);
  stream.follower.close();
});

test('a reader that reads nothing is cut off, and others do not wait for it', async () => {
  const general = await bob.channelNamed('General');
  const lazy = await register(door, 'built-lazy@example.org');
  const quick = new MikrochatStream(admin);
  await until(() => quick.events.length > 0);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const url = `${door.base}/events?token=${lazy.tokens.accessToken}`;
    get(url, { agent: false }, (stream) => resolve(stream.pause())).on('error', reject);
  });
  // more than two sockets and the server together hold for one reader
  const long = 'x'.repeat(9_900);
  const most = 1_600;
  for (let sent = 0; sent < most; sent += 16) {
    await Promise.all(Array.from({ length: 16 }, () => bob.say(general, long)));
  }
  await until(() => quick.sent(general).length >= most);
  quick.follower.close();
  let bytes = 0;
  const ended = new Promise((resolve) => answer.on('error', resolve).on('close', resolve));
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  answer.resume();
  await ended;
  expect(bytes).toBeLessThan(most * long.length);
});
