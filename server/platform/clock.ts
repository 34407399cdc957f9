import { processSingleton } from '#server/platform/process-singleton';

const clock = processSingleton<{ heldAt: number | null }>('clock', () => ({ heldAt: null }));
const TOLERATED_DRIFT_MS = 20;
let origin = performance.timeOrigin;

/** Microseconds since the epoch: what every stamp in the database is. */
export function now(): number {
  return clock.heldAt ?? Math.round(wallClock() * 1000);
}

/** Milliseconds with microsecond resolution, following the system's clock when that is set anew. */
function wallClock(): number {
  const elapsed = performance.now();
  const coarse = Date.now();
  if (Math.abs(coarse - (origin + elapsed)) > TOLERATED_DRIFT_MS) origin = coarse - elapsed;
  return origin + elapsed;
}

/** Stops the clock at a stamp, for tests. */
export function holdClock(at: number = now()): void {
  clock.heldAt = at;
}

export function advanceClock(microseconds: number): void {
  if (clock.heldAt === null) throw new Error('hold the clock before advancing it');
  clock.heldAt += microseconds;
}

export function releaseClock(): void {
  clock.heldAt = null;
}
