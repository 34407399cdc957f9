import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import type { Message } from '#server/domain/messages/message';
import { closeHub } from '#server/live/hub';
import { prisma } from '#server/platform/database';
import { log } from '#server/platform/log';
import type { Bootstrap } from '#server/trpc/bootstrap';
import type { Door } from '#tests/support/door';
import { newcomers, openChannels } from '#tests/support/people';
import { cookieOf, errorOf, mutate, openDoors, query, resultOf } from '#tests/trpc/doors';

let doors: Door[];
let alice: Actor;
let general: number;
let headers: Record<string, string>;

beforeAll(async () => {
  await openChannels('general');
  [alice] = await newcomers('alice', 'bob');
  const channel = await prisma.conversation.findUniqueOrThrow({ where: { configuredName: 'general' } });
  general = Number(channel.id);
  headers = await cookieOf(alice);
  doors = await openDoors();
});

beforeEach(() => {
  vi.spyOn(log, 'error');
});

afterEach(() => {
  vi.restoreAllMocks();
});

afterAll(async () => {
  await Promise.all(doors.map((door) => door.close()));
  await closeHub();
});

/** Runs the same through both doors. */
function throughEach(title: string, run: (door: Door) => Promise<void>): void {
  for (const index of [0, 1]) it(`${title} (door ${index + 1})`, () => run(doors[index] as Door));
}

describe('a call', () => {
  throughEach('answers what a page needs to begin', async (door) => {
    const answer = await query(door, 'session.bootstrap', { headers });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const page = resultOf<Bootstrap>(answer);
    expect(page.me).toMatchObject({ id: alice.accountId, username: 'alice', role: 'owner' });
    expect(page.accounts.map(({ username }) => username)).toEqual(['alice', 'bob']);
    expect(page.conversations).toMatchObject([{ id: general, name: 'general' }]);
    const newest = await prisma.event.aggregate({ _max: { id: true } });
    expect(page.cursor).toBe(Number(newest._max.id));
    expect(page.limits.uploadBytes).toBeGreaterThan(0);
  });

  throughEach('that sends is stored once, however often it is repeated', async (door) => {
    const clientKey = `retry through ${door.name}`;
    const input = { conversationId: general, entries: [{ text: 'once' }], clientKey };
    const answers = await Promise.all([1, 2, 3].map(() => mutate(door, 'messages.send', { headers, input })));
    const ids = answers.map((answer) => resultOf<Message[]>(answer).map(({ id }) => id));
    expect(new Set(ids.map(String)).size).toBe(1);
    expect(await prisma.message.count({ where: { clientKey } })).toBe(1);
  });

  throughEach('is never part of a batch', async (door) => {
    const answer = await query(door, 'session.current,session.current?batch=1', { headers });
    expect(answer.status).toBe(400);
  });
});

describe('a refusal', () => {
  throughEach('says its kind, reason and detail, and nothing about the inside', async (door) => {
    const answer = await query(door, 'messages.get', { headers, input: { messageId: 999_999 } });
    expect(answer.status).toBe(404);
    const error = errorOf(answer);
    expect(error.data).toMatchObject({
      code: 'NOT_FOUND',
      failure: { kind: 'not_found', reason: 'message', detail: {} },
    });
    expect(answer.text).not.toMatch(/stack|node_modules|\.ts:/);
    expect(log.error).not.toHaveBeenCalled();
  });

  throughEach('names the fields of an input that does not parse', async (door) => {
    const input = { conversationId: 'general', limit: 100_000 };
    const answer = await query(door, 'messages.page', { headers, input });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).data.failure).toEqual({
      kind: 'invalid',
      reason: 'bad_input',
      detail: { fields: ['conversationId', 'limit'] },
    });
  });

  throughEach('meets bodies and paths that make no sense', async (door) => {
    const json = { ...headers, 'content-type': 'application/json' };
    const send = (path: string, body: string, more = {}) =>
      door.ask({ method: 'POST', path, headers: { ...json, ...more }, body: Buffer.from(body) });
    const answers = await Promise.all([
      send('/api/trpc/messages.send', '{'),
      send('/api/trpc/messages.send', '[]'),
      send('/api/trpc/messages.send', '{"json":{"__proto__":{"polluted":true}}}'),
      send('/api/trpc/messages.send', '{"json":null,"meta":{"values":["nonsense"]}}'),
      // in itself, deeper than any stack, a number that takes long to read
      send('/api/trpc/messages.edit', '{"json":{"a":1},"meta":{"referentialEqualities":[["a"]]}}'),
      send('/api/trpc/messages.edit', '{"json":{"a":1},"meta":{"referentialEqualities":[[[]]]}}'),
      send('/api/trpc/messages.edit', `{"json":${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
      send('/api/trpc/messages.edit', '{"json":{"a":"9"},"meta":{"values":{"a":["bigint"]}}}'),
      send('/api/trpc/messages.nothing', '{}'),
      send('/api/trpc/', '{}'),
      send('/api/trpc/%zz', '{}'),
      door.ask({ method: 'GET', path: '/api/trpc/messages.get?input=%7B', headers }),
      door.ask({ method: 'GET', path: '/api/trpc/messages.send', headers }),
    ]);
    for (const answer of answers) {
      expect([answer.status >= 400 && answer.status < 500, answer.text]).toEqual([true, answer.text]);
    }
    expect(log.error).not.toHaveBeenCalled();
  });

  throughEach('takes a key without a value for none at all', async (door) => {
    const input = { conversationId: general, entries: [{ text: 'hello' }], replyToId: undefined };
    expect((await mutate(door, 'messages.send', { headers, input })).status).toBe(200);
  });

  throughEach('meets text that Postgres cannot store', async (door) => {
    const input = { conversationId: general, entries: [{ text: `nul \u0000` }] };
    const answer = await mutate(door, 'messages.send', { headers, input });
    expect([answer.status, errorOf(answer).data.failure]).toMatchObject([400, { kind: 'invalid' }]);
  });

  throughEach('meets writes from other sites, and forms', async (door) => {
    const strangers: Record<string, string>[] = [
      { origin: 'https://elsewhere.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ];
    for (const stranger of strangers) {
      const answer = await mutate(door, 'profile.endOtherSessions', { headers: { ...headers, ...stranger } });
      expect([answer.status, stranger]).toEqual([403, stranger]);
    }
    for (const type of ['multipart/form-data; boundary=x', 'application/octet-stream', 'text/plain']) {
      const form = { ...headers, 'content-type': type };
      const answer = await mutate(door, 'profile.endOtherSessions', { headers: form });
      expect([answer.status, type]).toEqual([415, type]);
    }
    const own = {
      ...headers,
      origin: 'http://127.0.0.1',
      host: '127.0.0.1',
      'sec-fetch-site': 'same-origin',
    };
    expect(
      (await mutate(door, 'presence.setOverride', { headers: own, input: { override: null } })).status,
    ).toBe(200);
  });

  throughEach('meets bodies that are too long', async (door) => {
    const input = { conversationId: general, entries: [{ text: 'x'.repeat(2_000_000) }] };
    const answer = await mutate(door, 'messages.send', { headers, input });
    expect(answer.status).toBe(413);
    expect(errorOf(answer).data.failure).toMatchObject({ kind: 'too_large' });
  });
});

describe('a bug', () => {
  throughEach('is logged once with the request, and answered without a word about it', async (door) => {
    vi.spyOn(prisma.account, 'findMany').mockRejectedValue(new Error('secret inside'));
    const logged = vi.mocked(log.error).mockImplementation(() => {});
    const asked = { ...headers, 'x-request-id': 'r-1' };
    const answer = await query(door, 'people.get', { headers: asked, input: { accountIds: [1] } });
    expect(answer.status).toBe(500);
    expect(errorOf(answer)).toMatchObject({
      message: 'internal',
      data: { failure: { kind: 'internal', reason: 'internal', detail: {} } },
    });
    expect(answer.text).not.toMatch(/secret inside|stack/);
    expect(logged).toHaveBeenCalledOnce();
    expect(logged.mock.calls[0]?.[0]).toMatchObject({ procedure: 'people.get', requestId: 'r-1' });
  });
});
