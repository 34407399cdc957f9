import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { cleanText } from '#server/dialects/kit/clean-text';
import { type Asked, bodyChunks, countedUpTo, refuseAnnouncedOver } from '#server/dialects/kit/read-body';
import { isRefusal, Refusal } from '#server/domain/kernel/refusal';

/** One file of a form as it comes in: whoever takes it must read the stream to its end or let it fail. */
export type IncomingFile = { field: string; originalName: string; stream: Readable };

/** What becomes of the files of a form. */
export type Taker<Taken> = {
  /** offered each named file as it comes; null skips it */
  take: (file: IncomingFile) => Promise<Taken> | null;
  /** told each field of text as it comes; may refuse the form because of it */
  check?: (name: string, value: string) => void;
  /** told what had been taken when the form as a whole is refused */
  giveBack?: (taken: Taken[]) => Promise<void>;
};

const LIMITS = { fieldNameSize: 200, fieldSize: 1024 * 1024, fields: 200, files: 200, parts: 400 };

/**
 * Streams one multipart body; the first value of a field counts. Refuses `invalid/malformed_form` and
 * `too_large/body_too_large`; a refusal or failure of `take` or `check` ends the reading and is passed on once all the others
 * have settled and been given back.
 */
export async function readMultipart<Taken>(
  asked: Asked,
  limitBytes: number,
  { take, check, giveBack }: Taker<Taken> = { take: () => null },
): Promise<{ fields: Map<string, string>; files: Taken[] }> {
  refuseAnnouncedOver(asked.request, limitBytes);
  const fields = new Map<string, string>();
  const work: Promise<Taken>[] = [];
  const open = new Set<Readable>();
  const stop = new AbortController();
  let failure: unknown;
  const fail = (error: unknown) => {
    failure ??= error;
    stop.abort();
  };

  const parser = parserOf(asked.request);
  parser.on('field', (name, value) => {
    if (fields.has(name)) return;
    const text = cleanText(value);
    fields.set(name, text);
    try {
      check?.(name, text);
    } catch (error) {
      fail(error);
    }
  });
  parser.on('file', (field, stream, name) => {
    // whoever reads it learns of its end; when nobody does, it must not take the process down
    stream.on('error', () => {});
    const taken = name ? take({ field, originalName: cleanText(name), stream }) : null;
    if (!taken) return void stream.resume();
    open.add(stream);
    stream.once('close', () => open.delete(stream));
    taken.catch(fail);
    work.push(taken);
  });

  try {
    await pipeline(countedUpTo(limitBytes, bodyChunks(asked)), parser, { signal: stop.signal });
  } catch (error) {
    fail(isRefusal(error) ? error : malformed());
    // the parser never ends a file it was torn away from
    for (const stream of open) stream.destroy(new Error('the upload broke off'));
  }
  const settled = await Promise.allSettled(work);
  const files = settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  if (failure !== undefined) {
    if (files.length > 0) await giveBack?.(files);
    throw failure;
  }
  return { fields, files };
}

function parserOf(request: Request) {
  try {
    return new Busboy({
      headers: { 'content-type': request.headers.get('content-type') ?? '' },
      limits: LIMITS,
    });
  } catch {
    throw malformed();
  }
}

function malformed(): Refusal {
  return new Refusal('invalid', 'malformed_form');
}
