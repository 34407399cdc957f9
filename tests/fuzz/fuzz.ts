// One test of a face: many odd requests, none of which may be answered with a 5xx or show what we are made of.
import fc from 'fast-check';
import { expect } from 'vitest';

const { FUZZ_REQUESTS, FUZZ_SEED } = process.env;

/** Requests to a face: hundreds in `npm test`, ten thousand in `npm run fuzz`. */
const REQUESTS = Number(FUZZ_REQUESTS ?? 400);

/** Long enough for the largest count on a slow machine. */
export const LIMIT_MS = 120_000 + REQUESTS * 100;

/** Nothing of libraries, of the database, of our code. */
const INSIDES = /ZodError|invalid_type|prisma|node_modules|\bat \w+ \(|syntax error at|[a-z]+_pkey/i;

export type Answered = { status: number; text: string };

/**
 * Sends this share of the face's requests and returns how often each status was the answer. A failure names the
 * smallest request that does it, and the seed to send the same ones again.
 */
export async function fuzz<Asked>(
  name: string,
  share: number,
  question: fc.Arbitrary<Asked>,
  ask: (asked: Asked) => Promise<Answered>,
): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(question, async (asked) => {
      const { status, text } = await ask(asked);
      const seen = JSON.stringify({ asked, status, text }, (_key, value) =>
        typeof value === 'bigint' ? String(value) : value,
      );
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect(status, seen.slice(0, 2_000)).toBeLessThan(500);
      expect(text).not.toMatch(INSIDES);
    }),
    { numRuns: Math.ceil(REQUESTS * share), ...(FUZZ_SEED ? { seed: Number(FUZZ_SEED) } : {}) },
  );
  if (FUZZ_REQUESTS) console.log(`${name}: ${summary(statuses)}`);
  return statuses;
}

function summary(statuses: Map<number, number>): string {
  return [...statuses]
    .toSorted(([a], [b]) => a - b)
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ');
}
