#!/usr/bin/env node
// `npm run chaos -- [seconds] [seed]`: breaks everything for minutes while people talk (tests/chaos). `npm test` does
// it for seconds, always in the same way.
import './steps/require-setup.mjs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bundleServer } from './steps/bundle-server.mjs';
import { ROOT } from './steps/fingerprint.mjs';
import { generateClient } from './steps/generate-client.mjs';

const [seconds = '180', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
await generateClient();
await bundleServer();
console.log(`${seconds} seconds of chaos with seed ${seed}`);
const child = spawn(
  process.execPath,
  [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'built', 'tests/chaos'],
  { cwd: ROOT, env: { ...process.env, CHAOS_SECONDS: seconds, CHAOS_SEED: seed }, stdio: 'inherit' },
);
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
