import type { Job } from '#server/jobs/job';
import { trimEvents } from '#server/live/trim-events';

const HOUR_MS = 3_600_000;

/** Events are kept for a week; readers that were away for longer load everything anew. */
export const trimmedEvents: Job = {
  name: 'trim events',
  firstAfterMs: 120_000,
  everyMs: HOUR_MS,
  run: async () => ({ trimmed: await trimEvents() }),
};
