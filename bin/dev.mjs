#!/usr/bin/env node
// `npm run dev`: keeps a database and runs the server from its sources, anew at every change.
import './steps/require-setup.mjs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';
import { ROOT } from './steps/fingerprint.mjs';
import { generateClient } from './steps/generate-client.mjs';
import { runPrisma } from './steps/prisma.mjs';
import { fail, step } from './steps/progress.mjs';

// this process only looks after the database; the one it starts is the development server
process.env.NODE_ENV = 'production';
process.env.NEXT_TELEMETRY_DISABLED = '1';

try {
  console.log('Parley, for development');
  await step('database client', async () => ((await generateClient()) ? 'generated' : 'up to date'));
  register();
  const { prepare } = await import('../server/process/prepare.ts');
  const { onShutdown } = await import('../server/platform/closers.ts');
  await prepare({
    step,
    migrate: (url) => runPrisma(['migrate', 'deploy'], { DATABASE_URL: url }),
  });
  onShutdown('development server', watchServer());
} catch (error) {
  fail(error);
}

/**
 * Starts `tsx watch`; Next reloads the pages by itself.
 * @returns {() => Promise<void>} what stops it
 */
function watchServer() {
  const tsx = join(fileURLToPath(import.meta.resolve('tsx/package.json')), '../dist/cli.mjs');
  const child = spawn(process.execPath, [tsx, 'watch', '--clear-screen=false', 'server/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'development' },
    stdio: 'inherit',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  void ended.then(() => process.kill(process.pid, 'SIGTERM'));
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}
