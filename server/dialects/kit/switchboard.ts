import { getPath } from 'hono/utils/url';
import type { Dialect } from '#server/dialects/kit/dialect';
import { fault } from '#server/dialects/kit/faults';
import type { Headerish } from '#server/dialects/kit/headers';
import type { Method } from '#server/dialects/kit/route';

/** Dot segments and backslashes: a URL parser would make another path of them than the one asked about here. */
const WANDERING = /^[^?#]*?(?:\\|\/(?:\.|%2e){1,2}(?:[/?#]|$))/i;

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Who answers a request: a dialect; or nobody, because the method is wrong (405) or the path unreadable (400). */
export type Verdict =
  | { kind: 'route'; dialect: Dialect }
  | { kind: 'wrong_method'; dialect: Dialect; allow: string[] }
  | { kind: 'unreadable' };

/**
 * Decides which dialect answers a method and path. It asks Hono's own routers on the bare request target, before
 * anything is built, so that whatever is not a dialect's costs next to nothing.
 */
export class Switchboard {
  constructor(
    readonly dialects: readonly Dialect[],
    readonly isPage: (path: string) => boolean,
  ) {}

  /**
   * `target` is a request target or a whole URL. Undefined: no dialect knows the path, or it is a page to be read.
   * Where several dialects claim a route, the one that recognises the request's credentials has it, else the last.
   */
  find(method: string, target: string, headers: Headerish): Verdict | undefined {
    const path = pathOf(target);
    if (path === null) return { kind: 'unreadable' };
    if (WANDERING.test(target)) return undefined;
    const asked = method === 'HEAD' ? 'GET' : method;
    const near = this.dialects.filter((dialect) => path.startsWith(dialect.mount));
    const claims = near.filter((dialect) => dialect.has(asked as Method, path));
    const claimed =
      claims.length > 1
        ? (claims.find((dialect) => dialect.recognises(headers)) ?? claims.at(-1))
        : claims[0];
    if (claimed) return { kind: 'route', dialect: claimed };
    if (asked === 'GET' && this.isPage(path)) return undefined;
    return this.#wrongMethod(near, path);
  }

  /** The response of a verdict. Never throws, never a raw error. */
  answer(verdict: Verdict, request: Request, env: object = {}): Response | Promise<Response> {
    if (verdict.kind === 'unreadable') return fault(400, request.headers);
    if (verdict.kind === 'route') return verdict.dialect.app.fetch(request, env);
    const allow = verdict.allow.join(', ');
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow } });
    return verdict.dialect.presentFault(405, request.headers, { allow });
  }

  #wrongMethod(near: readonly Dialect[], path: string): Verdict | undefined {
    const knowing = near.filter((dialect) => METHODS.some((method) => dialect.has(method, path)));
    const last = knowing.at(-1);
    if (!last) return undefined;
    const allowed = METHODS.filter(
      (method) =>
        knowing.some((dialect) => dialect.has(method, path)) || (method === 'GET' && this.isPage(path)),
    );
    const allow = allowed.includes('GET') ? ['GET', 'HEAD', ...allowed.slice(1)] : [...allowed];
    return { kind: 'wrong_method', dialect: last, allow: [...allow, 'OPTIONS'] };
  }
}

/** The path as Hono's routers want it; null when its escapes are broken, so that no route guesses at them. */
function pathOf(target: string): string | null {
  const url = target.startsWith('/') ? `http://h${target}` : target;
  if (target.includes('%') && !isDecodable(url)) return null;
  return getPath({ url } as Request);
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split(/[?#]/, 1)[0] as string);
    return true;
  } catch {
    return false;
  }
}
