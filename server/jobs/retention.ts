import { runRetention } from '#server/domain/retention/run-retention';
import type { Job } from '#server/jobs/job';

const MINUTE_MS = 60_000;

/** Removes what the settings say is too old or too much (minimost.md §1.8). */
export const retention: Job = {
  name: 'retention',
  firstAfterMs: MINUTE_MS,
  everyMs: 24 * 60 * MINUTE_MS,
  run: runRetention,
};
