#!/usr/bin/env node
// `npm start`: makes what is missing or stale, then becomes the server.
import './steps/require-setup.mjs';
import { fail, step } from './steps/progress.mjs';
import { stopWithParent } from './steps/stop-with-parent.mjs';

process.env.NODE_ENV = 'production';
stopWithParent();
process.env.NEXT_TELEMETRY_DISABLED = '1';
process.setSourceMapsEnabled(true);

try {
  console.log('Parley');
  const { generateClient } = await import('./steps/generate-client.mjs');
  const { bundleServer } = await import('./steps/bundle-server.mjs');
  await step('database client', async () => ((await generateClient()) ? 'generated' : 'up to date'));
  await step('server', async () => ((await bundleServer()) ? 'bundled' : 'up to date'));

  const { prepare } = await import('../.build/server/prepare.js');
  const { runPrisma } = await import('./steps/prisma.mjs');
  await prepare({
    step,
    migrate: (url) => runPrisma(['migrate', 'deploy'], { DATABASE_URL: url }),
  });

  const { buildPages } = await import('./steps/build-pages.mjs');
  await step('pages', async () => ((await buildPages()) ? 'built' : 'up to date'));

  const { startProcesses } = await import('../.build/server/workers.js');
  const address = await startProcesses();
  console.log(`\nParley is ready: ${address}`);
  console.log('Its first account owns it; more administrators: npm run admin -- grant <username>\n');
} catch (error) {
  fail(error);
}
