import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { compressFiles } from './compress-files.mjs';
import { fingerprint, ROOT, unlessFresh } from './fingerprint.mjs';

const PATIENCE_MS = 300_000;
const RETRY_MS = 2_000;

const INPUTS = [
  ...['app', 'server', 'public', 'prisma/schema', 'bin/steps'],
  ...['package-lock.json', 'tsconfig.json', 'next.config.mjs', 'postcss.config.mjs', 'proxy.ts'],
];

/**
 * Builds the web app and compresses its files, unless that is done for these sources.
 * @returns {Promise<boolean>} whether it had to be built
 */
export function buildPages() {
  return unlessFresh({
    name: 'pages',
    // the generated client follows from the schema, and is not there yet on a fresh checkout
    print: fingerprint(INPUTS, { without: ['server/platform/prisma'] }),
    outputs: ['.next/BUILD_ID', '.build/compressed'],
    make: async () => {
      await nextBuild();
      await compressFiles();
    },
  });
}

/** Waits for the build of another start in the same folder; one whose start was killed goes on without it. */
async function nextBuild() {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { code, said } = await runNext();
    if (code === 0) return;
    if (!said.includes('Another next build process is already running') || Date.now() > deadline) {
      throw new Error(`The web app could not be built:\n${said.trim()}`);
    }
    await delay(RETRY_MS);
  }
}

/** @returns {Promise<{ code: number | null, said: string }>} */
function runNext() {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules/next/dist/bin/next'), 'build'], {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stop = () => child.kill();
    process.once('exit', stop);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk;
      });
    }
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('exit', stop);
      resolve({ code, said });
    });
  });
}
