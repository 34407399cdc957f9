import { setTimeout as delay } from 'node:timers/promises';
import type { Headerish } from '#server/dialects/kit/headers';
import { pool } from '#server/platform/database';

const PROBE_LIMIT_MS = 2_000;
const NO_STORE = { 'cache-control': 'no-store' };

/** Whether a path belongs to the health checks, which need nobody's session. */
export function isHealthPath(path: string): boolean {
  return path === '/health' || path === '/health/live' || path === '/health/ready';
}

/**
 * `/health` and `/health/live`: the process answers. `/health/ready`: so does its database. Without Redis its
 * in-process stand-in counts as well (messenger.md §3.1).
 */
export async function answerHealth(path: string, method: string, headers: Headerish): Promise<Response> {
  if (method === 'OPTIONS')
    return new Response(null, { status: 204, headers: { allow: 'GET, HEAD, OPTIONS' } });
  if (method !== 'GET' && method !== 'HEAD') {
    return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
  }
  if (path === '/health/ready') return readiness();
  if (path === '/health' && prefersText(headers.get('accept') ?? '')) {
    return new Response('OK', { headers: { ...NO_STORE, 'content-type': 'text/plain; charset=utf-8' } });
  }
  return Response.json({ status: 'ok' }, { headers: NO_STORE });
}

async function readiness(): Promise<Response> {
  const db = await databaseAnswers();
  return db
    ? Response.json({ status: 'ready', db: 'ok', redis: 'ok' }, { headers: NO_STORE })
    : Response.json(
        { detail: { status: 'not_ready', db: false, redis: true } },
        { status: 503, headers: { ...NO_STORE, 'retry-after': '1' } },
      );
}

async function databaseAnswers(): Promise<boolean> {
  const limit = new AbortController();
  const answered = pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
  const timedOut = delay(PROBE_LIMIT_MS, false, { signal: limit.signal, ref: false }).catch(() => false);
  const result = await Promise.race([answered, timedOut]);
  limit.abort();
  return result;
}

/** `text/plain` named before any form of JSON; a bare wildcard means no wish at all. */
function prefersText(accept: string): boolean {
  const text = accept.indexOf('text/plain');
  const json = accept.indexOf('application/json');
  return text !== -1 && (json === -1 || text < json);
}
