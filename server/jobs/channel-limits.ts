import { limitChannels } from '#server/domain/retention/limit-channels';
import type { Job } from '#server/jobs/job';

const HOUR_MS = 3_600_000;

/** Holds channels to the limits of `chat.*`, where an administrator has set any (mikrochat.md §1.9). */
export const channelLimits: Job = {
  name: 'channel-limits',
  firstAfterMs: 90_000,
  everyMs: HOUR_MS,
  run: limitChannels,
};
