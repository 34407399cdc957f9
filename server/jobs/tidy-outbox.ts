import { tidyOutbox } from '#server/domain/mail/outbox';
import type { Job } from '#server/jobs/job';

const MINUTE_MS = 60_000;

/** Links that no longer work are nobody's to read. */
export const tidiedOutbox: Job = {
  name: 'tidy outbox',
  firstAfterMs: 30_000,
  everyMs: 10 * MINUTE_MS,
  run: tidyOutbox,
};
