import { OpenAPIHono } from '@hono/zod-openapi';
import type { Headerish } from '#server/dialects/kit/headers';
import { documentRoute } from '#server/dialects/kit/openapi';
import type { Connection } from '#server/dialects/kit/read-body';
import { RememberingRouter } from '#server/dialects/kit/remembering-router';
import type { Method, Route } from '#server/dialects/kit/route';
import { runRoute } from '#server/dialects/kit/run-route';
import type { Actor } from '#server/domain/kernel/actor';
import type { Refusal, RefusalKind } from '#server/domain/kernel/refusal';

/** What makes one documented API itself; everything else is the kit's. */
export type DialectSpec = {
  name: string;
  title: string;
  description: string;
  /** the path prefix all its routes start with */
  mount: string;
  /** what stands before the documented paths, where an API is served below a path of ours; part of `mount` */
  base?: string;
  /** whether it answers everything below its mount, what it doesn't know as well */
  ownsMount?: boolean;
  /** how the documentation names what signs people in */
  security: { name: string; scheme: SecurityScheme };
  /** whether a request that several dialects claim is this one's; `target` as it was asked for */
  recognises(headers: Headerish, target: string): boolean;
  /** what every request meets first, whether or not a route answers it */
  welcome?(request: Request): Welcome;
  /** what the answer to OPTIONS says to another origin's script, where the API is open to some */
  preflight?(asking: Headerish): Record<string, string>;
  /** who is asking; null for nobody. May refuse (a bad token) */
  identify(request: Request): Promise<Actor | null>;
  /** true where a cookie signs people in, so that another site's writes must be refused */
  signsInByCookie: boolean;
  /** the HTTP status of each kind, unless a route has its own */
  statuses: Record<RefusalKind, number>;
  /** the dialect's words for a refusal */
  presentError(refusal: Refusal, status: number, asking: Headerish): Response;
  /** its words for what no route answers: wrong method, bad path, a bug */
  presentFault(status: number, asking: Headerish, headers?: Record<string, string>): Response;
  routes: readonly Route[];
};

/** Headers for whatever the answer will be, and perhaps a refusal in place of a route. */
export type Welcome = { headers: Record<string, string>; refusal: Refusal | null };

type SecurityScheme =
  | { type: 'apiKey'; in: 'cookie'; name: string }
  | { type: 'http'; scheme: 'bearer'; bearerFormat?: string };

export type Dialect = DialectSpec & {
  app: OpenAPIHono;
  /** whether a route (not a page) has this method and path */
  has(method: Method, path: string): boolean;
};

/** Builds a dialect's router from its table. Throws when two rows have the same method and shape. */
export function dialect(spec: DialectSpec): Dialect {
  const app = new OpenAPIHono({ router: new RememberingRouter() });
  const routes = bySpecificity(spec.routes);
  refuseTwins(routes);
  app.notFound((context) => spec.presentFault(404, context.req.raw.headers));
  app.openAPIRegistry.registerComponent('securitySchemes', spec.security.name, spec.security.scheme);
  for (const route of spec.routes) documentRoute(app.openAPIRegistry, spec, route);
  for (const route of routes) {
    if (!route.handle) continue;
    app.on(route.method, honoPath((spec.base ?? '') + route.path), (context) =>
      runRoute(spec, route, { request: context.req.raw, ...connectionOf(context.env) }, context.req.param()),
    );
  }
  return {
    ...spec,
    app,
    has: (method, path) => app.router.match(method, path)[0].length > 0,
  };
}

/** What main.ts hands over beside the request; under Next there is nothing. */
function connectionOf(env: unknown): Connection {
  const { incoming = null, outgoing } = (env ?? {}) as Partial<Connection>;
  return outgoing ? { incoming, outgoing } : { incoming };
}

/** A literal segment before a parameter, wherever they meet: Hono runs the first registered match. */
function bySpecificity(routes: readonly Route[]): Route[] {
  return [...routes].sort((a, b) => (shapeOf(a.path) < shapeOf(b.path) ? -1 : 1));
}

function shapeOf(path: string): string {
  return path
    .split('/')
    .map((segment) => (segment.includes('{') ? '1' : '0'))
    .join('');
}

function refuseTwins(routes: readonly Route[]): void {
  const seen = new Map<string, string>();
  for (const { method, path, id } of routes) {
    const key = `${method} ${path.replace(/\{[^}]+\}/g, '{}')}`;
    const twin = seen.get(key);
    if (twin) throw new Error(`${twin} and ${id} both answer ${key}`);
    seen.set(key, id);
  }
}

function honoPath(path: string): string {
  return path.replace(/\{([^}]+)\}/g, ':$1');
}
