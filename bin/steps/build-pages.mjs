import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { compressFiles } from './compress-files.mjs';
import { fingerprint, ROOT, unlessFresh } from './fingerprint.mjs';

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

/** @returns {Promise<void>} */
function nextBuild() {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules/next/dist/bin/next'), 'build'], {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The web app could not be built:\n${said.trim()}`)),
    );
  });
}
