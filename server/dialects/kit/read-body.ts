import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { isRefusal, refuse } from '#server/domain/kernel/refusal';

/** Node's own ends of a connection, where main.ts is in front: the body as it comes, the answer as it goes. */
export type Connection = { incoming: Readable | null; outgoing?: ServerResponse };

export type Asked = { request: Request } & Connection;

/**
 * The bytes of a body as they come. Whoever stops half-way leaves the rest unread: cancelling instead would cut the
 * connection before the answer is out, because Node's adapter destroys the socket behind a cancelled body.
 */
export function bodyChunks({ request, incoming }: Asked): AsyncIterable<Uint8Array> {
  if (incoming) return incoming.iterator({ destroyOnReturn: false });
  return request.body ? unreadOnReturn(request.body) : emptyBody();
}

async function* unreadOnReturn(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

/** Refuses before reading when the announced length is already too much. */
export function refuseAnnouncedOver(request: Request, limitBytes: number): void {
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) tooLarge();
}

/**
 * Passes a body on while counting, and refuses as soon as more than `limitBytes` have come: a chunked body
 * announces nothing and may never end.
 */
export async function* countedUpTo(limitBytes: number, source: AsyncIterable<Uint8Array>) {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > limitBytes) tooLarge();
    yield chunk;
  }
}

/** The whole body as text, at most `limitBytes` of it. Refuses `invalid/body_broke_off` when its sender goes away. */
export async function readText(asked: Asked, limitBytes: number): Promise<string> {
  refuseAnnouncedOver(asked.request, limitBytes);
  try {
    return await wholeText(asked, limitBytes);
  } catch (error) {
    if (isRefusal(error)) throw error;
    refuse('invalid', 'body_broke_off');
  }
}

async function wholeText(asked: Asked, limitBytes: number): Promise<string> {
  // node:http holds a body to its announced length
  if (asked.request.headers.has('content-length')) return asked.request.text();
  const chunks: Uint8Array[] = [];
  for await (const chunk of countedUpTo(limitBytes, bodyChunks(asked))) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function tooLarge(): never {
  refuse('too_large', 'body_too_large');
}
