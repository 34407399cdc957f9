import type { ServerResponse } from 'node:http';
import { z } from '@hono/zod-openapi';
import type { AnswerSpecs, LooseReply, Reply } from '#server/dialects/kit/answers';
import type { BodySpec } from '#server/dialects/kit/body';
import type { Actor } from '#server/domain/kernel/actor';
import type { RefusalKind } from '#server/domain/kernel/refusal';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who may call: signed-in people, everybody, or everybody with the actor told when there is one. */
export type Access = 'session' | 'none' | 'optional';

/** When a route refuses, for the documentation; with a status of its own where the documents want one. */
export type RefusalNote = string | { status: number; when: string };

type Shape = Record<string, z.ZodType>;
type ParamNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never;
type Values<Fields extends Shape> = z.output<z.ZodObject<Fields>>;

/** What a handler is given. */
export type Call<Who, Params, Query, Body> = {
  actor: Who;
  /** decoded and parsed: the dialect's words turned into ours */
  params: Params;
  query: Query;
  body: Body;
  request: Request;
  /** Node's own end of the connection, where main.ts is in front: for answers that never end */
  outgoing: ServerResponse | undefined;
};

/** A call before its body is read. */
export type BodilessCall<Who, Params, Query> = Omit<Call<Who, Params, Query, never>, 'body'>;

type RouteSpec<
  Who,
  Path extends string,
  Params extends Record<ParamNames<Path>, z.ZodType>,
  Query extends Shape,
  Body,
  Answers extends AnswerSpecs,
> = {
  /** the name in the documents */
  id: string;
  summary: string;
  description?: string;
  tag: string;
  query?: Query;
  body?: BodySpec<Body>;
  answers: Answers;
  refuses?: Partial<Record<RefusalKind, RefusalNote>>;
  /** who is asking, where the documents want another way to say so than the dialect's */
  identify?: (request: Request) => Promise<Actor | null>;
  /** what has to be so before the body is looked at: refuses, or resolves */
  admit?(call: BodilessCall<Who, Values<Params>, Values<Query>>): Promise<unknown> | unknown;
  /** the answer to another site's write, where the documents want something else than a refusal */
  onCrossSite?: () => Reply<NoInfer<Answers>>;
  handle(
    call: Call<Who, Values<Params>, Values<Query>, Body>,
  ): Promise<Reply<NoInfer<Answers>>> | Reply<NoInfer<Answers>>;
} & ([ParamNames<Path>] extends [never]
  ? { params?: undefined }
  : { params: Params & Record<Exclude<keyof Params, ParamNames<Path>>, never> });

/** One row of a dialect's table, as the kit runs and documents it. */
export type Route = {
  id: string;
  method: Method;
  /** as documented: `/send/{channel}` */
  path: string;
  access: Access;
  summary: string;
  description: string | undefined;
  tag: string;
  params: z.ZodObject | null;
  query: z.ZodObject | null;
  body: BodySpec<unknown> | null;
  answers: AnswerSpecs;
  refuses: Partial<Record<RefusalKind, RefusalNote>>;
  identify: ((request: Request) => Promise<Actor | null>) | null;
  admit: ((call: BodilessCall<Actor | null, unknown, unknown>) => unknown) | null;
  onCrossSite: (() => LooseReply) | null;
  /** null for a page that Next serves: documented here, mounted there */
  handle: ((call: Call<Actor | null, unknown, unknown, unknown>) => Promise<LooseReply> | LooseReply) | null;
};

function routeFor<Who>(access: Access) {
  return <
    const Path extends string,
    Answers extends AnswerSpecs,
    Params extends Record<ParamNames<Path>, z.ZodType> = Record<never, z.ZodType> &
      Record<ParamNames<Path>, z.ZodType>,
    Query extends Shape = Record<never, z.ZodType>,
    Body = undefined,
  >(
    method: Method,
    path: Path,
    spec: RouteSpec<Who, Path, Params, Query, Body, Answers>,
  ): Route => ({
    id: spec.id,
    method,
    path,
    access,
    summary: spec.summary,
    description: spec.description,
    tag: spec.tag,
    params: spec.params ? z.object(spec.params as Shape) : null,
    query: spec.query ? z.object(spec.query) : null,
    body: (spec.body as BodySpec<unknown> | undefined) ?? null,
    answers: spec.answers,
    refuses: spec.refuses ?? {},
    identify: spec.identify ?? null,
    admit: (spec.admit as unknown as Route['admit'] | undefined) ?? null,
    onCrossSite: (spec.onCrossSite as (() => LooseReply) | undefined) ?? null,
    // the table forgets the types that tied each handler to its own row
    handle: spec.handle as unknown as Route['handle'],
  });
}

/** A page that Next serves at a documented path. */
function page(path: string, spec: Pick<Route, 'id' | 'summary' | 'tag' | 'answers'>): Route {
  return {
    ...spec,
    description: undefined,
    method: 'GET',
    path,
    access: 'none',
    params: null,
    query: null,
    body: null,
    refuses: {},
    identify: null,
    admit: null,
    onCrossSite: null,
    handle: null,
  };
}

/** One row of a dialect's table. Signed-in is the default; the exceptions say so. */
export const route = Object.assign(routeFor<Actor>('session'), {
  open: routeFor<null>('none'),
  optional: routeFor<Actor | null>('optional'),
  page,
});
