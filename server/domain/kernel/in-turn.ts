import { refuse } from '#server/domain/kernel/refusal';
import type { Turnstile } from '#server/platform/turnstile';

/** Runs work when its turn at a turnstile has come. Refuses `rate_limited` `too_busy` if the line is full. */
export async function inTurn<T>(turnstile: Turnstile, work: () => Promise<T>): Promise<T> {
  try {
    return await turnstile.run(work);
  } catch (error) {
    // by name, because Next's bundle and main.ts share the turnstile but hold separate copies of its classes
    if (error instanceof Error && error.name === 'TurnedAway') {
      refuse('rate_limited', 'too_busy', { retryAfterSeconds: 5 });
    }
    throw error;
  }
}
