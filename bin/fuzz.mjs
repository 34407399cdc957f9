#!/usr/bin/env node
// `npm run fuzz -- [requests] [seed]`: that many odd requests to every face, none of which may be answered with a 5xx
// (tests/fuzz). `npm test` sends hundreds. A failure names the seed that repeats it.
import './steps/require-setup.mjs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './steps/fingerprint.mjs';
import { generateClient } from './steps/generate-client.mjs';

const [requests = '10000', seed = ''] = process.argv.slice(2);
if (!/^[1-9]\d{0,7}$/.test(requests)) throw new Error(`${requests} is no number of requests`);
await generateClient();
console.log(`${requests} requests to each face`);
const child = spawn(
  process.execPath,
  [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'domain', 'tests/fuzz'],
  { cwd: ROOT, env: { ...process.env, FUZZ_REQUESTS: requests, FUZZ_SEED: seed }, stdio: 'inherit' },
);
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
