import type { Dialect } from '#server/dialects/kit/dialect';
import { statusesOf } from '#server/dialects/kit/openapi';
import type { Route } from '#server/dialects/kit/route';
import { mikrochat } from '#server/dialects/mikrochat/dialect';
import { minimost } from '#server/dialects/minimost/dialect';
import type { Answer } from '#tests/support/door';

/** What HTTP itself may answer to a file or a stream, and to a body that is simply too much. */
const OF_HTTP = [206, 304, 416];
const TOO_LARGE = 413;
/** Node answers longer ones itself. */
const LONGEST = 8_000;

/** Throws when an answer is not among those that the route's row documents: its status, or the shape of its JSON. */
export type HoldToTable = (method: string, target: string, answer: Answer) => void;

export const holdToTable: HoldToTable = holder(minimost, [TOO_LARGE]);

/** The limit per address may refuse any call, and nobody who asks without a token is asked for more. */
export const holdToMikrochat: HoldToTable = holder(mikrochat, [400, 429]);

function holder(dialect: Dialect, always: readonly number[]): HoldToTable {
  const rows = dialect.routes
    // pages are answered by Next, where it is
    .filter((route) => route.handle)
    .map((route) => ({ route, pattern: patternOf(route.path) }))
    .toSorted((a, b) => Number(a.route.path.includes('{')) - Number(b.route.path.includes('{')));

  return (method, target, answer) => {
    const path = target.split('?', 1)[0] ?? '';
    if (target.length > LONGEST || !isPlain(path)) return;
    const asked = method === 'HEAD' ? 'GET' : method;
    const route = rows.find((row) => row.route.method === asked && row.pattern.test(path))?.route;
    if (!route) return;
    const { success, refused } = statusesOf(dialect, route);
    const known = [...success, ...refused, ...always, ...(isStream(route) ? OF_HTTP : [])];
    if (!known.includes(answer.status)) {
      throw new Error(
        `${route.id} answered ${answer.status}, which its row does not document: ${answer.text}`,
      );
    }
    const spec = route.answers[answer.status];
    if (spec?.kind === 'json' && method !== 'HEAD') spec.schema.parse(JSON.parse(answer.text));
  };
}

/** Broken escapes, NUL and paths that lead elsewhere are answered before any route. */
function isPlain(path: string): boolean {
  if (/[\\]|%00|\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) return false;
  try {
    return Boolean(decodeURIComponent(path));
  } catch {
    return false;
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}

function isStream(route: Route): boolean {
  return Object.values(route.answers).some((spec) => spec.kind === 'stream');
}
