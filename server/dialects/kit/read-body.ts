import { refuse } from '#server/domain/kernel/refusal';

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

/** The whole body as text, at most `limitBytes` of it. */
export async function readText(request: Request, limitBytes: number): Promise<string> {
  refuseAnnouncedOver(request, limitBytes);
  // node:http holds a body to its announced length
  if (request.headers.has('content-length')) return request.text();
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  for await (const chunk of countedUpTo(limitBytes, request.body as unknown as AsyncIterable<Uint8Array>)) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function tooLarge(): never {
  refuse('too_large', 'body_too_large');
}
