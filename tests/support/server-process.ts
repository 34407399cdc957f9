// Servers as processes of their own: what a test starts, watches, kills.
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export type ServerProcess = {
  baseUrl: string;
  child: ChildProcess;
  /** everything it has printed so far */
  output: () => string;
  /** sends SIGTERM; resolves with the exit code */
  stop: () => Promise<number | null>;
  /** resolves with the exit code when it has ended */
  ended: Promise<number | null>;
};

type Environment = Record<string, string> & { PORT: string };

const READY_LIMIT_MS = 120_000;

/** Starts a script that serves on PORT and waits until it does. Throws with its output when it ends instead. */
export async function startServer(script: string, environment: Environment): Promise<ServerProcess> {
  const server = spawnServer(script, environment);
  const deadline = Date.now() + READY_LIMIT_MS;
  while (!(await isReady(server.baseUrl))) {
    if (server.child.exitCode !== null || Date.now() > deadline) {
      server.child.kill('SIGKILL');
      throw new Error(`${script} did not start:\n${server.output()}`);
    }
    await delay(50);
  }
  return server;
}

/** The same without waiting. */
export function spawnServer(script: string, environment: Environment): ServerProcess {
  const child = spawn(process.execPath, [script], {
    env: { ...withoutOurs(process.env), HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    baseUrl: `http://127.0.0.1:${environment.PORT}`,
    child,
    output: () => output,
    ended,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** A port that nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Settings under which no test waits for failed sign-ins. */
export function writeTestSettings(dataDir: string, more: object = {}): void {
  const settings = {
    channels: ['general', 'software', 'firmware', 'systems', 'off-topic'],
    login_failure_delay_seconds: 0,
    session_secret: 'a secret that only tests use, long enough for a seal',
    ...more,
  };
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(settings));
}

/** What vitest and the developer's shell have set must not reach the server. */
function withoutOurs(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours =
    /^(?:VITEST|NODE_ENV$|NODE_OPTIONS$|DATABASE_URL$|DATA_DIR$|SETTINGS_FILE$|PORT$|HOST$|LOG_LEVEL$|PUBLIC_URL$|APP_URL$|SMTP_URL$|AUTH_|EMAIL_|INITIAL_USER_)/;
  const rest = { ...environment };
  for (const name of Object.keys(rest)) if (ours.test(name)) delete rest[name];
  return rest;
}

async function isReady(baseUrl: string): Promise<boolean> {
  try {
    return (await fetch(`${baseUrl}/health/ready`)).ok;
  } catch {
    return false;
  }
}
