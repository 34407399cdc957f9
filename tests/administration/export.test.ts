import { beforeAll, expect, it } from 'vitest';
import { handleExport } from '#server/administration/routes';
import type { Actor } from '#server/domain/kernel/actor';
import { newcomers, openChannels } from '#tests/support/people';
import { cookieOf } from '#tests/trpc/doors';

let owner: Actor;
let alice: Actor;

beforeAll(async () => {
  await openChannels('general');
  [owner, alice] = await newcomers('owner', 'alice');
});

async function ask(actor: Actor | null, method = 'GET'): Promise<Response> {
  const headers = actor ? await cookieOf(actor) : {};
  return handleExport(new Request('http://parley.test/api/server-export', { method, headers }));
}

it('an export is a file for administrators, never kept by anybody on its way', async () => {
  const answer = await ask(owner);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-disposition': expect.stringMatching(
      /^attachment; filename="parley-export-\d{4}-\d\d-\d\d\.json"$/,
    ),
  });
  expect(Object.keys(await answer.json())).toContain('auditLog');
});

it('visitors and members get nothing', async () => {
  for (const [actor, status] of [
    [null, 401],
    [alice, 403],
  ] as const) {
    const answer = await ask(actor);
    expect([answer.status, await answer.text()]).toEqual([status, '']);
  }
  expect((await ask(null, 'HEAD')).status).toBe(401);
});
