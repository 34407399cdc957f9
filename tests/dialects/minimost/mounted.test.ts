import { describe, expect, test } from 'vitest';
import { switchboard } from '#server/dialects/all';
import { openApiOf, statusesOf } from '#server/dialects/kit/openapi';
import { minimost } from '#server/dialects/minimost/dialect';
import documented from './documented.json' with { type: 'json' };

/** From the appendix of the documents: calls that its client uses, without an entry in the table of endpoints. */
const APPENDIX = new Set([
  'private-create',
  'private-list',
  'private-rename',
  'private-add-member',
  'private-members',
  'mentions-list',
  'profile-get',
  'presence-override-get',
  'presence-override-set',
  'change-password',
  'delete-account',
  'messages-before',
  'last-read',
  'events',
]);

const byId = new Map(minimost.routes.map((route) => [route.id, route]));

function targetOf(path: string): string {
  return path.replace(/\{\w+\}/g, 'x');
}

describe('the table', () => {
  test.each(documented)('has $id as documented', (endpoint) => {
    const route = byId.get(endpoint.id);
    if (!route) throw new Error(`${endpoint.id} is not in the table`);
    expect([route.method, route.path, route.access]).toEqual([endpoint.method, endpoint.path, endpoint.auth]);
    const { success, refused } = statusesOf(minimost, route);
    const ours = new Set([...success, ...refused]);
    const theirs = new Set([...endpoint.success, ...endpoint.errors]);
    expect([...ours].sort()).toEqual([...theirs].sort());
  });

  test('has nothing else, apart from the appendix', () => {
    const known = new Set([...documented.map((endpoint) => endpoint.id), ...APPENDIX]);
    expect([...byId.keys()].filter((id) => !known.has(id))).toEqual([]);
    expect([...APPENDIX].filter((id) => !byId.has(id))).toEqual([]);
    expect(byId.size).toBe(minimost.routes.length);
  });

  test('is mounted whole: the switchboard sends every call here or to its page', () => {
    for (const { method, path, handle } of minimost.routes) {
      const verdict = switchboard.find(method, targetOf(path), new Headers());
      if (!handle) expect(verdict, path).toBeUndefined();
      else expect(verdict, path).toEqual({ kind: 'route', dialect: minimost });
    }
  });

  test('is the OpenAPI document', () => {
    const document = openApiOf(minimost);
    const operations = Object.values(document.paths ?? {}).flatMap((methods) =>
      Object.values(methods).map((operation) => (operation as { operationId: string }).operationId),
    );
    expect(operations.sort()).toEqual([...byId.keys()].sort());
  });
});
