#!/usr/bin/env node
// `npm run prisma -- migrate dev --name x`: the Prisma CLI with the engine that came with npm.
import './steps/require-setup.mjs';
import { runPrisma } from './steps/prisma.mjs';

try {
  await runPrisma(process.argv.slice(2), {}, 'inherit');
} catch {
  // the CLI has said what is wrong
  process.exitCode = 1;
}
