import { describe, expect, it } from 'vitest';
import { sourceFiles } from '#tests/support/source-files';

/**
 * What each part of the server may import besides itself: app → trpc | dialects | uploads | previews | live → auth →
 * domain → platform, and the process around them all. A part that is not listed fails.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  platform: [],
  domain: ['platform'],
  auth: ['domain', 'platform'],
  live: ['auth', 'domain', 'platform'],
  jobs: ['live', 'domain', 'platform'],
  trpc: ['live', 'auth', 'domain', 'platform'],
  dialects: ['kit', 'live', 'auth', 'domain', 'platform'],
  // the mechanics of HTTP that dialects share; the rules of none
  kit: ['dialects', 'auth', 'domain', 'platform'],
  uploads: ['kit', 'auth', 'domain', 'platform'],
  administration: ['kit', 'auth', 'domain', 'platform'],
  previews: ['kit', 'auth', 'domain', 'platform'],
  'sign-in': ['kit', 'auth', 'domain', 'platform'],
  process: [
    'trpc',
    'dialects',
    'kit',
    'uploads',
    'previews',
    'sign-in',
    'administration',
    'jobs',
    'live',
    'auth',
    'domain',
    'platform',
  ],
  'main.ts': ['process', 'jobs', 'live', 'domain', 'platform'],
};

const server = sourceFiles('server');
const partOf = (path: string) =>
  path.startsWith('server/dialects/kit/') ? 'kit' : (path.split('/')[1] as string);
const partImported = (specifier: string) =>
  specifier.startsWith('#server/') ? partOf(specifier.slice(1)) : undefined;

describe('imports', () => {
  it('have something to be checked', () => {
    expect(server.length).toBeGreaterThan(100);
    expect(server.flatMap(({ imports }) => imports).length).toBeGreaterThan(300);
  });

  it('point one way through the server', () => {
    const wrong = server.flatMap(({ path, imports }) => {
      const own = partOf(path);
      return imports.flatMap((specifier) => {
        const part = partImported(specifier);
        const allowed = !part || part === own || MAY_IMPORT[own]?.includes(part);
        return allowed ? [] : [`${path} → ${specifier}`];
      });
    });
    expect(wrong).toEqual([]);
  });

  it('never lead from the server into the app', () => {
    const wrong = server.filter(({ imports }) => imports.some((specifier) => specifier.startsWith('#app/')));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('reach Prisma and the pool from the domain, the platform and the live hub only', () => {
    const mayQuery = new Set(['domain', 'platform', 'live']);
    // these look at the connection itself: whether it is there, how busy it is, who holds a lock
    const watchers = ['server/main.ts', 'server/jobs/start-jobs.ts', 'server/process/'];
    const wrong = [...server, ...sourceFiles('app')].filter(
      ({ path, imports }) =>
        !(path.startsWith('server/') && mayQuery.has(partOf(path))) &&
        !watchers.some((watcher) => path.startsWith(watcher)) &&
        imports.some((specifier) => /^(@prisma\/|pg$|#server\/platform\/(database|prisma))/.test(specifier)),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('keep the domain free of HTTP, Next, tRPC and dialects', () => {
    const foreign = /^(next|react|hono|@hono\/(?!zod-openapi$)|@trpc\/|node:https?$|node:net$)/;
    const wrong = server.filter(
      ({ path, imports }) =>
        partOf(path) === 'domain' && imports.some((specifier) => foreign.test(specifier)),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('keep dialects apart: none knows another', () => {
    const wrong = server.flatMap(({ path, imports }) => {
      const own = /^server\/dialects\/(\w+)\//.exec(path)?.[1];
      if (!own || own === 'docs') return [];
      return imports
        .filter((specifier) => {
          const other = /^#server\/dialects\/(\w+)\//.exec(specifier)?.[1];
          return other && other !== own && other !== 'kit' && other !== 'docs';
        })
        .map((specifier) => `${path} → ${specifier}`);
    });
    expect(wrong).toEqual([]);
  });
});

describe('the app', () => {
  it('takes nothing from the server in the browser but types and pure rules', () => {
    const clientFiles = sourceFiles('app').filter(({ text }) => /^['"]use client['"]/m.test(text));
    expect(clientFiles.length).toBeGreaterThan(5);
    const wrong = clientFiles.flatMap(({ path, text }) => {
      const values = text.matchAll(
        /import (?!type\b)[^;]*?from '(#server\/(?:platform|live|auth|dialects)[^']*)'/g,
      );
      return [...values].map((match) => `${path} → ${match[1]}`);
    });
    expect(wrong).toEqual([]);
  });
});
