import { LRUCache } from 'lru-cache';
import { now } from '#server/platform/clock';
import { processSingleton } from '#server/platform/process-singleton';
import { settings } from '#server/platform/settings';

const SECOND = 1_000_000;

/** `most` at once, coming back evenly over `perSeconds`. `name` keeps the allowances of different limits apart. */
export type RateLimit = { name: string; most: number; perSeconds: number };

// By whom, the stamp at which everything is given back. The least recently used makes room: a flood from many
// addresses can't fill the memory.
const replenishedAt = processSingleton('rate-limit', () => new LRUCache<string, number>({ max: 50_000 }));

/**
 * Takes one from `key`'s allowance in this process. Returns 0 if there was one, otherwise the whole seconds until
 * there is one again; nothing is taken then. Always 0 while `rate_limit_enabled` is off.
 */
export function takeAllowance({ name, most, perSeconds }: RateLimit, key: string | number): number {
  if (!settings().rate_limit_enabled) return 0;
  const at = now();
  const interval = (perSeconds * SECOND) / most;
  const bucket = `${name}:${key}`;
  const replenished = Math.max(at, replenishedAt.get(bucket) ?? at);
  const wait = replenished - at - (most - 1) * interval;
  if (wait > 0) return Math.ceil(wait / SECOND);
  replenishedAt.set(bucket, replenished + interval);
  return 0;
}
