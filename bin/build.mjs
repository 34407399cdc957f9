#!/usr/bin/env node
// `npm run build`: what `npm start` would build, without starting anything.
import './steps/require-setup.mjs';
import { buildPages } from './steps/build-pages.mjs';
import { bundleServer } from './steps/bundle-server.mjs';
import { generateClient } from './steps/generate-client.mjs';
import { fail, step } from './steps/progress.mjs';

try {
  await step('database client', async () => ((await generateClient()) ? 'generated' : 'up to date'));
  await step('server', async () => ((await bundleServer()) ? 'bundled' : 'up to date'));
  await step('pages', async () => ((await buildPages()) ? 'built' : 'up to date'));
} catch (error) {
  fail(error);
}
