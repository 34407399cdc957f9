// Everything that must be in place before the server starts, each with a progress line and a readable error. Run by
// bin/start.mjs and bin/dev.mjs; `server/main.ts` alone expects a migrated DATABASE_URL.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { refuseUnsafeMode } from '#server/domain/sign-in/auth-mode';
import { onShutdown } from '#server/platform/closers';
import { env, provideDatabase } from '#server/platform/env';
import { log } from '#server/platform/log';
import { pendingMigrations } from '#server/platform/migrations';
import { ensureDatabase } from '#server/platform/postgres/ensure-database';
import { launchPostgres } from '#server/platform/postgres/launch';
import { DATABASE_NAME, postgresHome } from '#server/platform/postgres/own-database';
import { PROJECT_ROOT } from '#server/platform/project-root';
import { createSettingsFile, settings, settingsFaults, settingsFile } from '#server/platform/settings';
import { stopOnSignals } from '#server/process/shutdown';

/** Runs one step and prints a line with what it returns. */
export type Step = (name: string, work: () => string | Promise<string>) => Promise<void>;

export type Tools = {
  step: Step;
  /** applies what `prisma/migrations` has and the database does not */
  migrate(databaseUrl: string): Promise<void>;
};

export async function prepare({ step, migrate }: Tools): Promise<void> {
  stopOnSignals();
  const { HOST, PORT } = env();
  await refuseTakenPort(HOST, PORT);
  await step('data folder', openDataFolder);
  await step('settings', openSettings);
  await step('database', openDatabase);
  await step('migrations', () => applyMigrations(migrate));
}

/** Before anything that takes long: nobody waits for a build to learn this. */
function refuseTakenPort(host: string, port: number): Promise<void> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => fail(explainListening(error, host, port)));
    probe.listen(port, host, () => probe.close(() => done()));
  });
}

function explainListening(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new Error(
      `Port ${port} on ${host} is taken by another program. Stop it, or choose another: PORT=${port + 1} npm start`,
    );
  }
  if (error.code === 'EACCES') {
    return new Error(`This user may not listen on port ${port}. Choose one above 1023 with PORT.`);
  }
  return new Error(`Cannot listen on ${host}:${port} (${error.code}). Check HOST and PORT.`);
}

function openDataFolder(): string {
  const folder = resolve(env().DATA_DIR);
  const probe = join(folder, `.probe-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, 'x'.repeat(4096));
    rmSync(probe);
  } catch (error) {
    throw explainFolder(error as NodeJS.ErrnoException, folder);
  }
  return folder;
}

function explainFolder(error: NodeJS.ErrnoException, folder: string): Error {
  const reasons: Record<string, string> = {
    ENOSPC: 'the disk is full',
    EROFS: 'the disk is read-only',
    EACCES: 'this user may not write there',
    EPERM: 'this user may not write there',
    ENOTDIR: 'a part of its path is a file',
    EEXIST: 'it is a file',
  };
  const reason = reasons[error.code ?? ''] ?? error.message;
  return new Error(`The data folder ${folder} cannot be used: ${reason}. Choose another with DATA_DIR.`);
}

function openSettings(): string {
  const created = createSettingsFile();
  settings();
  refuseUnsafeMode();
  const faults = settingsFaults();
  if (faults.length > 0) {
    return `${settingsFile()}, without what is unknown or unusable in it: ${faults.join(', ')}`;
  }
  return created ? `${settingsFile()} (new)` : settingsFile();
}

async function openDatabase(): Promise<string> {
  const given = env().DATABASE_URL;
  if (given) {
    const outcome = await ensureDatabase(given);
    return `DATABASE_URL${outcome === 'created' ? ' (new database)' : ''}`;
  }
  const wanted = postgresHome();
  const postgres = await launchPostgres({ home: wanted });
  onShutdown('database', () => postgres.stop());
  postgres.supervise((event) => {
    if (event.kind === 'died') log.warn('the database died, starting it again');
    if (event.kind === 'restarted') log.info({ ms: event.ms }, 'the database is back');
    if (event.kind === 'failed') log.error({ err: event.error }, 'the database could not be started again');
  });
  const url = postgres.url(DATABASE_NAME);
  await ensureDatabase(url);
  provideDatabase(url);
  const place =
    postgres.home === wanted ? '' : `, in ${postgres.home} (Postgres may not enter the data folder)`;
  return `${postgres.version}${postgres.adopted ? ', still running' : ''}${place}`;
}

async function applyMigrations(migrate: Tools['migrate']): Promise<string> {
  const url = env().DATABASE_URL as string;
  const pending = await pendingMigrations(url, join(PROJECT_ROOT, 'prisma/migrations'));
  if (pending.length === 0) return 'up to date';
  await migrate(url);
  return `applied ${pending.length}`;
}
