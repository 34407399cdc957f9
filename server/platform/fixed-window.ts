import { LRUCache } from 'lru-cache';
import { now } from '#server/platform/clock';
import { processSingleton } from '#server/platform/process-singleton';

const SECOND = 1_000_000;

/** At most `most` in every window of `seconds`, the first of which begins with the first one counted. */
export type FixedWindow = { name: string; most: number; seconds: number };

/** What is left of a window. `resetsAt` is a stamp. */
export type WindowState = { remaining: number; resetsAt: number; exceeded: boolean };

type Window = { count: number; resetsAt: number };

// The least recently used makes room: a flood from many addresses can't fill the memory.
const windows = processSingleton('fixed-window', () => new LRUCache<string, Window>({ max: 50_000 }));

/**
 * Counts one for `key` in this process. For documented limits that tell a client what it has left; our own are
 * smoother (`takeAllowance`).
 */
export function countInWindow({ name, most, seconds }: FixedWindow, key: string): WindowState {
  const at = now();
  const bucket = `${name}:${key}`;
  let window = windows.get(bucket);
  if (!window || window.resetsAt <= at) {
    window = { count: 0, resetsAt: at + seconds * SECOND };
    windows.set(bucket, window);
  }
  window.count++;
  return {
    remaining: Math.max(0, most - window.count),
    resetsAt: window.resetsAt,
    exceeded: window.count > most,
  };
}
