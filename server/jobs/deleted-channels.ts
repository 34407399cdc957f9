import { emptyDeletedChannels } from '#server/domain/channels/empty-deleted-channels';
import type { Job } from '#server/jobs/job';

const MINUTE_MS = 60_000;

/** What was said in a deleted channel is out of sight at once, and gone within minutes. */
export const deletedChannels: Job = {
  name: 'deleted channels',
  firstAfterMs: MINUTE_MS / 2,
  everyMs: 5 * MINUTE_MS,
  run: async () => ({ messages: await emptyDeletedChannels() }),
};
