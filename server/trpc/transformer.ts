import { TRPCError } from '@trpc/server';
import superjson, { type SuperJSONResult } from 'superjson';

/** Levels of arrays and objects inside each other; our own inputs have four. */
const MOST_LEVELS = 50;

/**
 * How inputs and answers travel. Inputs are plain JSON in which a key may be there without a value: whatever else
 * superjson could make of them (dates, maps, one object in two places, itself inside itself) only an attacker sends.
 */
export const transformer = {
  input: { serialize: superjson.serialize, deserialize: readInput },
  output: superjson,
};

function readInput(sent: SuperJSONResult): unknown {
  if (isTooDeep(sent, MOST_LEVELS) || !isPlain(sent?.meta?.values)) throw unreadable();
  const { json, meta } = sent;
  try {
    return superjson.deserialize(
      meta?.values ? { json, meta: { values: meta.values, v: meta.v ?? 0 } } : { json },
    );
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(cause?: unknown): TRPCError {
  return new TRPCError({ code: 'BAD_REQUEST', message: 'unreadable', cause });
}

/** The texts among superjson's annotations are the types of values; their places are keys. */
function isPlain(annotations: unknown): boolean {
  if (typeof annotations === 'string') return annotations === 'undefined';
  if (annotations === null || typeof annotations !== 'object') return true;
  return Object.values(annotations).every(isPlain);
}

function isTooDeep(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  return levels === 0 || Object.values(value).some((item) => isTooDeep(item, levels - 1));
}
