import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './fingerprint.mjs';

const CLI = join(ROOT, 'node_modules/prisma/build/index.js');

/** Prisma would download a schema engine, which fails without the internet; ours came with npm. */
const ENVIRONMENT = {
  PRISMA_SCHEMA_ENGINE_BINARY: join(ROOT, 'bin/schema-engine.mjs'),
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
};

/**
 * Runs the Prisma CLI in the project's folder. Rejects with its output when it fails.
 * @param {string[]} args
 * @param {{ DATABASE_URL?: string }} [environment]
 * @param {'inherit' | 'quiet'} [output]
 * @returns {Promise<void>}
 */
export function runPrisma(args, environment = {}, output = 'quiet') {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...ENVIRONMENT, ...environment },
      stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`prisma ${args.join(' ')} failed:\n${said.trim()}`)),
    );
  });
}
