import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { APIS, switchboard } from '#server/dialects/all';
import { MOUNTS } from '#server/process/mounts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** `app/(auth)/login/page.tsx` → `/login`; `[x]` and `[...x]` stay. */
function pathsOf(fileName: RegExp): string[] {
  return readdirSync('app', { withFileTypes: true, recursive: true })
    .filter((entry) => fileName.test(entry.name))
    .map((entry) => entry.parentPath.split('/').slice(1))
    .map((segments) => `/${segments.filter((segment) => !/^\(.*\)$/.test(segment)).join('/')}`);
}

const pages = pathsOf(/^page\.tsx$/);
const handlers = pathsOf(/^route\.tsx?$/);
/** a concrete path for each of them */
const visit = (path: string) => path.replace(/\[\[?(?:\.\.\.)?\w+\]?\]/g, 'x').replace(/\/$/, '') || '/';

describe('paths', () => {
  it('of pages are all known to the dispatcher', () => {
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.filter((path) => path !== '/' && !switchboard.isPage(visit(path)))).toEqual([]);
  });

  it('of pages belong to an API only where both are meant to be', () => {
    const shared = pages.filter((path) =>
      METHODS.some((method) => APIS.some((api) => api.has(method, visit(path)))),
    );
    expect(shared.map(visit).sort()).toEqual(['/', '/login', '/signup']);
  });

  it('of our own handlers and mounts are nobody else’s', () => {
    const own = [
      ...handlers.filter((path) => !/\[\.\.\.path\]/.test(path)),
      ...MOUNTS.map(({ prefix }) => prefix),
    ];
    expect(own.length).toBeGreaterThan(1);
    const claimed = own.filter((path) =>
      METHODS.some((method) => APIS.some((api) => api.has(method, visit(path)))),
    );
    expect(claimed).toEqual([]);
  });

  it('of public files are nobody else’s', () => {
    if (!existsSync('public')) return;
    const files = readdirSync('public', { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice('public'.length));
    const claimed = files.filter(
      (path) => switchboard.isPage(path) || APIS.some((api) => api.has('GET', path)),
    );
    expect(claimed).toEqual([]);
  });
});
