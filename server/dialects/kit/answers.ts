import type { z } from '@hono/zod-openapi';

/** What a route may answer with one status: the documented body, and the words for it in the documentation. */
export type AnswerSpec =
  | { kind: 'json'; schema: z.ZodType; description: string }
  | { kind: 'text'; body: string; description: string }
  | { kind: 'empty'; description: string }
  | { kind: 'redirect'; description: string }
  | { kind: 'stream'; mediaType: string; description: string };

export type AnswerSpecs = { readonly [status: number]: AnswerSpec };

/** A JSON body of this shape. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { kind: 'json', schema, description } as const;
}

/** Always the same few characters as text, without quotes. */
export function text<const Body extends string>(body: Body, description: string) {
  return { kind: 'text', body, description } as const;
}

export function empty(description: string) {
  return { kind: 'empty', description } as const;
}

/** No body; the handler gives the target. */
export function redirect(description: string) {
  return { kind: 'redirect', description } as const;
}

/** Bytes, a page or an event stream: the handler makes the whole response. */
export function stream(mediaType: string, description: string) {
  return { kind: 'stream', mediaType, description } as const;
}

/** A list where a header comes several times, as `Set-Cookie` does. */
type ReplyHeaders = Record<string, string | string[]>;

/** A JSON body that is written already, in the shape of `Body`: for what many ask for, written once. */
export class ReadyJson<Body> {
  declare readonly shape: Body;
  readonly #text: string;
  #bytes: Buffer | undefined;
  #isAskedAgain = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** What goes over the wire: from the second time on as bytes, which cost more to make and less to send. */
  take(): string | Buffer {
    if (this.#isAskedAgain) this.#bytes ??= Buffer.from(this.#text);
    this.#isAskedAgain = true;
    return this.#bytes ?? this.#text;
  }
}

/** A handler's answer: a status its route documents, with the body documented for it. */
export type Reply<Specs extends AnswerSpecs> = {
  [Status in keyof Specs & number]: Specs[Status] extends {
    kind: 'json';
    schema: infer Schema extends z.ZodType;
  }
    ? { status: Status; body: z.input<Schema> | ReadyJson<z.input<Schema>>; headers?: ReplyHeaders }
    : Specs[Status] extends { kind: 'text' | 'empty' }
      ? { status: Status; headers?: ReplyHeaders }
      : Specs[Status] extends { kind: 'redirect' }
        ? { status: Status; location: string; headers?: ReplyHeaders }
        : { status: Status; response: Response };
}[keyof Specs & number];

/** An answer whose body is at hand. */
export type PlainAnswer = { status: number; headers: ReplyHeaders; body: string | Buffer | null };

/** What goes over the wire for a reply; null when its handler made the whole response. */
export function plainAnswerOf(specs: AnswerSpecs, reply: LooseReply): PlainAnswer | null {
  if (reply.response) return null;
  const { status, headers } = reply;
  const spec = specs[status];
  switch (spec?.kind) {
    case 'json':
      return {
        status,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
        body: reply.body instanceof ReadyJson ? reply.body.take() : JSON.stringify(reply.body),
      };
    case 'text':
      return {
        status,
        headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
        body: spec.body,
      };
    case 'redirect':
      return { status, headers: { location: reply.location as string, ...headers }, body: null };
    case 'empty':
      return { status, headers: { ...headers }, body: null };
    default:
      throw new Error(`a handler answered ${status}, which its route does not document`);
  }
}

/** The HTTP response of a reply. */
export function responseOf(specs: AnswerSpecs, reply: LooseReply): Response {
  const plain = plainAnswerOf(specs, reply);
  if (!plain) return reply.response as Response;
  const { status, body } = plain;
  const headers = Object.entries(plain.headers).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );
  return new Response(body as BodyInit | null, { status, headers });
}

/** `Reply` without the bond between status and body, for code that handles every route. */
export type LooseReply = {
  status: number;
  body?: unknown;
  location?: string;
  headers?: ReplyHeaders;
  response?: Response;
};
