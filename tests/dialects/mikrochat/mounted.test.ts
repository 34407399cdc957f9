import { describe, expect, test } from 'vitest';
import { switchboard } from '#server/dialects/all';
import type { Dialect } from '#server/dialects/kit/dialect';
import { openApiOf, statusesOf } from '#server/dialects/kit/openapi';
import { mikrochat, mikrochatCompat } from '#server/dialects/mikrochat/dialect';
import documented from './documented.json' with { type: 'json' };

const BEARER = new Headers({ authorization: 'Bearer x' });
const byId = new Map(mikrochat.routes.map((route) => [route.id, route]));

/** These know from a token of another kind who is asking, so their rows are open: mikrochat.md E13, E53. */
const BY_ANOTHER_TOKEN = new Set(['E13-logout', 'E53-webhooks-post']);

/** What one may not see is not there: no face tells that a file exists (docs/decisions/081). */
const NEVER: Record<string, number[]> = { 'X11-files-get': [403] };

function targetOf(path: string): string {
  return path.replace(/\{\w+\}/g, 'x');
}

describe('the table', () => {
  test.each(documented)('has $id as documented', (endpoint) => {
    const route = byId.get(endpoint.id);
    if (!route) throw new Error(`${endpoint.id} is not in the table`);
    expect([route.method, route.path]).toEqual([endpoint.method, endpoint.path]);
    const isOpen = endpoint.auth === 'none' || BY_ANOTHER_TOKEN.has(endpoint.id);
    expect(route.access).toBe(isOpen ? 'none' : 'session');
    const { success, refused } = statusesOf(mikrochat, route);
    expect(success).toEqual(endpoint.success);
    // a limit may be met anywhere
    const ours = new Set(refused.filter((status) => status !== 429));
    const never = [429, ...(NEVER[endpoint.id] ?? [])];
    const theirs = new Set(endpoint.errors.filter((status) => !never.includes(status)));
    expect([...ours].sort()).toEqual([...theirs].sort());
  });

  test('has nothing else', () => {
    const known = new Set(documented.map(({ id }) => id));
    expect([...byId.keys()].filter((id) => !known.has(id))).toEqual([]);
    expect(byId.size).toBe(mikrochat.routes.length);
  });

  test.each([
    ['at the root', '', mikrochat],
    ['for the client', '/compat/mikrochat', mikrochatCompat],
  ] as [string, string, Dialect][])('is mounted whole %s', (_, base, dialect) => {
    for (const { method, path, handle } of dialect.routes) {
      const verdict = switchboard.find(method, base + targetOf(path), BEARER);
      if (handle) expect(verdict, path).toEqual({ kind: 'route', dialect });
      // the health of the process is its own to tell (server/process/health.ts)
      else expect([path, verdict]).toEqual(['/health', undefined]);
    }
    expect(dialect.routes.map(({ id }) => id)).toEqual(mikrochat.routes.map(({ id }) => id));
  });

  test('shares four paths with another API: who brings a token is meant for this one', () => {
    const shared = mikrochat.routes
      .filter(({ method, path }) => {
        const verdict = switchboard.find(method, targetOf(path), new Headers());
        return verdict?.kind === 'route' && verdict.dialect !== mikrochat;
      })
      .map(({ method, path }) => `${method} ${path}`);
    expect(shared.sort()).toEqual(['GET /channels', 'GET /events', 'GET /files/{filename}', 'GET /users']);
    const stream = switchboard.find('GET', '/events?token=x', new Headers());
    expect(stream).toEqual({ kind: 'route', dialect: mikrochat });
  });

  test('is the OpenAPI document', () => {
    const document = openApiOf(mikrochat);
    const operations = Object.values(document.paths ?? {}).flatMap((methods) =>
      Object.values(methods).map((operation) => (operation as { operationId: string }).operationId),
    );
    expect(operations.sort()).toEqual([...byId.keys()].sort());
    expect(document.components?.securitySchemes).toEqual({
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
    });
  });
});
