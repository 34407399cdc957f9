import type { Actor } from '#server/domain/kernel/actor';
import { type Fetched, guardedFetch } from '#server/platform/fetcher/guarded-fetch';
import { processSingleton } from '#server/platform/process-singleton';
import { takeAllowance } from '#server/platform/rate-limit';
import { settings } from '#server/platform/settings';
import { TurnedAway, Turnstiles } from '#server/platform/turnstile';

const TIMEOUT_MS = 5_000;
const CALLS = { name: 'previews', most: 200, perSeconds: 60 };

export type CallOut = { limitBytes: number; accept: string; enough?: (bytes: Buffer) => boolean };

const perAccount = processSingleton(
  'previews.turnstiles',
  () => new Turnstiles<number>({ width: 3, line: 30 }),
);

/**
 * Runs work that calls out for somebody: a few at once for each, so that nobody waits for somebody else's, and not
 * without end. Rejects with `TurnedAway` when that is too much.
 */
export async function callingOutFor<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
  if (takeAllowance(CALLS, actor.accountId) > 0) throw new TurnedAway('too many previews');
  return perAccount.run(actor.accountId, work);
}

/** Fetches what a link or a page names, as the settings allow. Null or a rejection: see `guardedFetch`. */
export function callOut(url: URL, options: CallOut): Promise<Fetched | null> {
  return guardedFetch(url, {
    ...options,
    timeoutMs: TIMEOUT_MS,
    allowedOrigins: settings().link_preview_allowed_origins,
  });
}
