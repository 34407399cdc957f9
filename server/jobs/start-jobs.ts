import { channelLimits } from '#server/jobs/channel-limits';
import { deletedChannels } from '#server/jobs/deleted-channels';
import type { Job } from '#server/jobs/job';
import { retention } from '#server/jobs/retention';
import { tidiedOutbox } from '#server/jobs/tidy-outbox';
import { trimmedEvents } from '#server/jobs/trim-events';
import { pool } from '#server/platform/database';
import { log } from '#server/platform/log';

const JOBS: readonly Job[] = [retention, trimmedEvents, deletedChannels, channelLimits, tidiedOutbox];

/** Any number of ours; together with a job's position it names a lock that all processes of a database share. */
const LOCK_SPACE = 0x7061726c;

/** Starts the timers of all jobs; returns what stops them. */
export function startJobs(jobs: readonly Job[] = JOBS): () => void {
  const timers = jobs.map((job, position) => {
    const attempt = () => void runAlone(job, position);
    const first = setTimeout(() => {
      attempt();
      timers[position] = setInterval(attempt, job.everyMs).unref();
    }, job.firstAfterMs).unref();
    return first;
  });
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}

/** In one process at a time: whoever finds the lock taken leaves the work to its holder. */
async function runAlone(job: Job, position: number): Promise<void> {
  try {
    const client = await pool.connect();
    try {
      const { rows } = await client.query('SELECT pg_try_advisory_lock($1, $2) AS mine', [
        LOCK_SPACE,
        position,
      ]);
      if (!rows[0].mine) return;
      const began = performance.now();
      const result = await job.run();
      log.info({ job: job.name, ms: Math.round(performance.now() - began), ...result }, 'job done');
      await client.query('SELECT pg_advisory_unlock($1, $2)', [LOCK_SPACE, position]);
    } finally {
      client.release();
    }
  } catch (error) {
    log.error({ err: error, job: job.name }, 'a job failed');
  }
}
