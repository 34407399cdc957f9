import { getPath } from 'hono/utils/url';
import type { Dialect } from '#server/dialects/kit/dialect';
import { fault } from '#server/dialects/kit/faults';
import type { Headerish } from '#server/dialects/kit/headers';
import type { Connection } from '#server/dialects/kit/read-body';
import type { Method } from '#server/dialects/kit/route';

/** Dot segments and backslashes: a URL parser would make another path of them than the one asked about here. */
const WANDERING = /^[^?#]*?(?:\\|\/(?:\.|%2e){1,2}(?:[/?#]|$))/i;

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Who answers a request: a dialect; or nobody, because the method (405), the path (404) or its escapes (400) are wrong. */
export type Verdict =
  | { kind: 'route'; dialect: Dialect }
  | { kind: 'wrong_method'; dialect: Dialect; allow: string[] }
  | { kind: 'unknown'; dialect: Dialect }
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
        ? (claims.find((dialect) => dialect.recognises(headers, target)) ?? claims.at(-1))
        : claims[0];
    if (claimed) return { kind: 'route', dialect: claimed };
    if (asked === 'GET' && this.isPage(path)) return undefined;
    const wrong = this.#wrongMethod(near, path, headers, target);
    if (wrong || method === 'OPTIONS') return wrong;
    const owner = near.find((dialect) => dialect.ownsMount);
    return owner && { kind: 'unknown', dialect: owner };
  }

  /** The response of a verdict. Never throws, never a raw error. */
  answer(verdict: Verdict, request: Request, env: object = {}): Response | Promise<Response> {
    if (verdict.kind === 'unreadable') return fault(400, request.headers);
    if (verdict.kind === 'wrong_method' && request.method === 'OPTIONS') {
      return new Response(null, { status: 204, headers: { allow: verdict.allow.join(', ') } });
    }
    const { dialect } = verdict;
    const welcome = dialect.welcome?.(request);
    if (!welcome) return answerOf(verdict, request, env);
    const { outgoing } = env as Partial<Connection>;
    // before anything is written: a stream goes out without coming by here again
    if (outgoing)
      for (const name in welcome.headers) outgoing.setHeader(name, welcome.headers[name] as string);
    const answer = welcome.refusal
      ? dialect.presentError(welcome.refusal, dialect.statuses[welcome.refusal.kind], request.headers)
      : answerOf(verdict, request, env);
    return outgoing ? answer : withHeaders(answer, welcome.headers);
  }

  /**
   * What the answer to OPTIONS adds for other origins' scripts. A path that nobody knows is told the same as one of
   * an open API; a path of a closed one tells them nothing.
   */
  preflight(target: string, asking: Headerish): Record<string, string> {
    const path = pathOf(target);
    if (path === null) return {};
    const near = this.dialects.filter((dialect) => path.startsWith(dialect.mount));
    const knowing = near.filter((dialect) => METHODS.some((method) => dialect.has(method, path)));
    const asked = knowing.length > 0 || this.isPage(path) ? knowing : near;
    return Object.assign({}, ...asked.map((dialect) => dialect.preflight?.(asking)));
  }

  #wrongMethod(
    near: readonly Dialect[],
    path: string,
    headers: Headerish,
    target: string,
  ): Verdict | undefined {
    const knowing = near.filter((dialect) => METHODS.some((method) => dialect.has(method, path)));
    const speaker = knowing.find((dialect) => dialect.recognises(headers, target)) ?? knowing.at(-1);
    if (!speaker) return undefined;
    const allowed = METHODS.filter(
      (method) =>
        knowing.some((dialect) => dialect.has(method, path)) || (method === 'GET' && this.isPage(path)),
    );
    const allow = allowed.includes('GET') ? ['GET', 'HEAD', ...allowed.slice(1)] : [...allowed];
    return { kind: 'wrong_method', dialect: speaker, allow: [...allow, 'OPTIONS'] };
  }
}

type Answerable = Exclude<Verdict, { kind: 'unreadable' }>;

function answerOf(verdict: Answerable, request: Request, env: object): Response | Promise<Response> {
  const { kind, dialect } = verdict;
  if (kind === 'route') return dialect.app.fetch(request, env);
  if (kind === 'unknown') return dialect.presentFault(404, request.headers);
  return dialect.presentFault(405, request.headers, { allow: verdict.allow.join(', ') });
}

async function withHeaders(
  answering: Response | Promise<Response>,
  headers: Record<string, string>,
): Promise<Response> {
  const answer = await answering;
  for (const name in headers) answer.headers.set(name, headers[name] as string);
  return answer;
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
