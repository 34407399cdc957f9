import { setTimeout as sleep } from 'node:timers/promises';
import { isRefusal, refuse } from '#server/domain/kernel/refusal';
import { processSingleton } from '#server/platform/process-singleton';

/** How many attempts may be under way or held back at once: a flood is turned away instead of piling up. */
const MOST_AT_ONCE = 1_000;

const gate = processSingleton('accounts.held', () => ({ inside: 0 }));

/**
 * Answers an attempt's refusal only after a number of seconds, so that guessing is slow; success is not delayed.
 * The attempt must have given back its database connection by then. Beyond the bound it isn't made at all:
 * `rate_limited` `too_busy`, at once and whatever it would have answered.
 */
export async function heldIfRefused<T>(seconds: number, attempt: () => Promise<T>): Promise<T> {
  if (gate.inside >= MOST_AT_ONCE) refuse('rate_limited', 'too_busy', { retryAfterSeconds: 5 });
  gate.inside++;
  try {
    return await attempt();
  } catch (error) {
    if (isRefusal(error) && seconds > 0) await sleep(seconds * 1000);
    throw error;
  } finally {
    gate.inside--;
  }
}
