import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** How long a query waits for a database that is being restarted before it fails. */
const PATIENCE_MS = 5_000;
const PROBE_MS = 50;

/** Postgres is shutting down, was crashed by a sibling, is starting up; the connection broke. */
const ABSENCE = new Set(['57P01', '57P02', '57P03', '08000', '08001', '08003', '08006']);
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/**
 * Whether an error says that the database is away, rather than that the query was wrong. Looks through the wrappers
 * that Prisma and its adapter put around it.
 */
export function isDatabaseAbsence(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Object && depth < 6; depth++) {
    const { code, originalCode, message, kind } = cause as Record<string, unknown>;
    if ([code, originalCode].some((one) => ABSENCE.has(String(one)) || UNREACHABLE.has(String(one))))
      return true;
    if (code === 'P1001' || code === 'P1017' || kind === 'DatabaseNotReachable') return true;
    if (/^Connection terminated|Client has encountered a connection error/.test(String(message))) return true;
    const { cause: inner, meta } = cause as { cause?: unknown; meta?: { driverAdapterError?: unknown } };
    cause = meta?.driverAdapterError ?? inner;
  }
  return false;
}

/** A pool whose callers wait, together, while the database is away for a moment. */
export class PatientPool extends pg.Pool {
  private recovery: Promise<void> | null = null;
  /** when a connection was last lost or refused, in milliseconds of `performance.now()` */
  lastAbsence = Number.NEGATIVE_INFINITY;

  constructor(config: pg.PoolConfig) {
    super(config);
    // Without listeners these events would end the process.
    this.on('error', (error) => this.note(error));
    this.on('connect', (client) => client.on('error', (error) => this.note(error)));
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    const connected = this.connectPatiently();
    if (!callback) return connected;
    connected.then(
      (client) => callback(undefined, client, (broken) => client.release(broken as Error)),
      (error) => callback(error, undefined, () => {}),
    );
    return undefined;
  }

  private async connectPatiently(): Promise<pg.PoolClient> {
    if (this.recovery) await this.recovery;
    try {
      return await super.connect();
    } catch (error) {
      if (!this.note(error)) throw error;
      this.recovery ??= this.untilItAnswers().finally(() => {
        this.recovery = null;
      });
      await this.recovery;
      return await super.connect();
    }
  }

  /** Resolves in any case: whoever still cannot connect afterwards gets the real error. */
  private async untilItAnswers(): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline && !this.ending) {
      await delay(PROBE_MS);
      try {
        (await super.connect()).release();
        return;
      } catch (error) {
        if (!this.note(error)) return;
      }
    }
  }

  private note(error: unknown): boolean {
    const absent = isDatabaseAbsence(error);
    if (absent) this.lastAbsence = performance.now();
    return absent;
  }
}

type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;
