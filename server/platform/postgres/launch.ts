import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Cluster, hasCluster, openCluster } from '#server/platform/postgres/cluster';
import { type InstanceLock, lockInstance } from '#server/platform/postgres/instance-lock';
import {
  adoptPostmaster,
  startPostmaster,
  stopPostmaster,
  urlOf,
} from '#server/platform/postgres/postmaster';
import { isAlive } from '#server/platform/processes';

const WATCH_MS = 100;
const RETRY_MS = 1_000;

export type LaunchOptions = {
  /** the folder that holds (or will hold) the database */
  home: string;
  /** false: a throw-away database that need not survive a crash of the machine */
  durable?: boolean;
};

/** What a supervisor tells: the database died, is back, or could not be brought back yet. */
export type SupervisionEvent =
  | { kind: 'died' }
  | { kind: 'restarted'; ms: number }
  | { kind: 'failed'; error: Error };

/**
 * Makes the database if there is none, adopts it if it still runs, recovers and starts it otherwise. Throws with a
 * readable reason; a second process on the same folder is refused.
 */
export async function launchPostgres({ home, durable = true }: LaunchOptions): Promise<OwnPostgres> {
  mkdirSync(home, { recursive: true });
  const lock = lockInstance(join(home, 'parley.pid'), home);
  try {
    const cluster = openCluster(home, { durable });
    const survivor = await adoptPostmaster(cluster);
    const postmaster = survivor ?? (await startPostmaster(cluster));
    return new OwnPostgres(cluster, lock, postmaster, survivor !== null);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The connection string of a database that another process keeps running in this folder; null if none does. */
export async function urlOfRunning(home: string, database: string): Promise<string | null> {
  if (!hasCluster(home)) return null;
  const cluster = openCluster(home, { durable: true });
  const postmaster = await adoptPostmaster(cluster);
  return postmaster && urlOf(cluster, postmaster.port, database);
}

/** The Postgres that this process started or adopted, and stops again. */
export class OwnPostgres {
  private stopping: Promise<void> | null = null;

  constructor(
    private readonly cluster: Cluster,
    private readonly lock: InstanceLock,
    private postmaster: { pid: number; port: number },
    /** it was already running: the survivor of a killed server */
    readonly adopted: boolean,
  ) {}

  get pid(): number {
    return this.postmaster.pid;
  }

  get port(): number {
    return this.postmaster.port;
  }

  /** the folder with its files, which is elsewhere when the wanted one is out of the service user's reach */
  get home(): string {
    return this.cluster.home;
  }

  get version(): string {
    return `Postgres ${this.cluster.binaries.major}, ${this.cluster.binaries.source === 'npm' ? 'from npm' : 'installed'}`;
  }

  url(database: string): string {
    return urlOf(this.cluster, this.port, database);
  }

  /** Starts it again, on the same port, whenever it dies. Runs until `stop`. */
  supervise(tell: (event: SupervisionEvent) => void): void {
    void this.watch(tell);
  }

  /** Ends the database in order, within seconds. */
  stop(): Promise<void> {
    this.stopping ??= stopPostmaster(this.pid).then(() => this.lock.release());
    return this.stopping;
  }

  private async watch(tell: (event: SupervisionEvent) => void): Promise<void> {
    while (!this.stopping) {
      await delay(WATCH_MS, undefined, { ref: false });
      if (this.stopping || isAlive(this.pid)) continue;
      tell({ kind: 'died' });
      const began = performance.now();
      try {
        this.postmaster =
          (await adoptPostmaster(this.cluster)) ?? (await startPostmaster(this.cluster, this.port));
        tell({ kind: 'restarted', ms: Math.round(performance.now() - began) });
      } catch (error) {
        tell({ kind: 'failed', error: error as Error });
        await delay(RETRY_MS, undefined, { ref: false });
      }
    }
  }
}
