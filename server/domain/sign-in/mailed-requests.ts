import { log } from '#server/platform/log';
import { processSingleton } from '#server/platform/process-singleton';
import { Turnstile } from '#server/platform/turnstile';

// Two at a time, so that a flood of questions leaves the database to everybody else.
const turnstile = processSingleton('sign-in.mailed-requests', () => new Turnstile({ width: 2, line: 1_000 }));
const underWay = processSingleton('sign-in.requests-under-way', () => new Set<Promise<void>>());

/**
 * Looks for an account and mails it after whoever asked has been answered: neither the answer nor the time it takes
 * tells whether there is one. A flood beyond the bound is dropped.
 */
export function answerByMail(work: () => Promise<void>): void {
  const request = turnstile
    .run(work)
    .catch((error: unknown) => log.error({ err: error }, 'a mail that was asked for could not be written'))
    .finally(() => underWay.delete(request));
  underWay.add(request);
}

/** Resolves when everything asked for so far is in the outbox. For the end of the process, and for tests. */
export async function mailedRequestsSettled(): Promise<void> {
  await Promise.all(underWay);
}
