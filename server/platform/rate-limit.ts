import { LRUCache } from 'lru-cache';
import { now } from '#server/platform/clock';
import { processSingleton } from '#server/platform/process-singleton';
import { settings } from '#server/platform/settings';

const SECOND = 1_000_000;

/** `most` at once, coming back evenly over `perSeconds`. `name` keeps the buckets of different limits apart. */
export type RateLimit = { name: string; most: number; perSeconds: number };

/** What is left to somebody, as of a stamp. */
type Bucket = { left: number; at: number };

// The least recently used bucket makes room: a flood from many addresses can't fill the memory.
const buckets = processSingleton('rate-limit', () => new LRUCache<string, Bucket>({ max: 50_000 }));

/**
 * Takes one from `key`'s allowance in this process. Returns 0 if there was one, otherwise the whole seconds until
 * there is one again; nothing is taken then. Always 0 while `rate_limit_enabled` is off.
 */
export function takeAllowance(limit: RateLimit, key: string | number): number {
  if (!settings().rate_limit_enabled) return 0;
  const at = now();
  const perMicrosecond = limit.most / (limit.perSeconds * SECOND);
  const name = `${limit.name}:${key}`;
  const bucket = buckets.get(name) ?? { left: limit.most, at };
  const left = Math.min(limit.most, bucket.left + Math.max(0, at - bucket.at) * perMicrosecond);
  if (left < 1) return Math.ceil((1 - left) / perMicrosecond / SECOND);
  buckets.set(name, { left: left - 1, at });
  return 0;
}
