import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, stop } from 'esbuild';
import { BUILD, fingerprint, ROOT, unlessFresh } from './fingerprint.mjs';

/**
 * Bundles the server for production: starts in half the time and memory of the sources, with source maps.
 * @returns {Promise<boolean>} whether it had to be built
 */
export function bundleServer() {
  return unlessFresh({
    name: 'server',
    print: fingerprint(['server', 'package-lock.json', 'tsconfig.json', 'bin/steps/bundle-server.mjs']),
    outputs: ['main', 'prepare', 'workers', 'admin', 'backup', 'restore'].map(
      (entry) => `.build/server/${entry}.js`,
    ),
    make: bundle,
  });
}

async function bundle() {
  const outdir = join(BUILD, 'server');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: {
      main: 'server/main.ts',
      prepare: 'server/process/prepare.ts',
      workers: 'server/process/workers.ts',
      admin: 'server/process/admin.ts',
      backup: 'server/process/backup/backup.ts',
      restore: 'server/process/backup/restore.ts',
    },
    outdir,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'error',
  });
  // its helper process would stay for as long as the server runs
  await stop();
}
