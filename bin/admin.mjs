#!/usr/bin/env node
// `npm run admin -- grant <username>`
import './steps/require-setup.mjs';
import { bundleServer } from './steps/bundle-server.mjs';
import { generateClient } from './steps/generate-client.mjs';

process.env.NODE_ENV = 'production';
process.env.LOG_LEVEL ??= 'warn';

try {
  await generateClient();
  await bundleServer();
  const { admin } = await import('../.build/server/admin.js');
  console.log(await admin(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
