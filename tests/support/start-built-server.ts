// Once per run of the tests over HTTP: the production build, on a database cloned from the template.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { cloneTemplate } from '#tests/support/clone-template';
import { freePort, startServer, writeTestSettings } from '#tests/support/server-process';
import { buildPages } from '../../bin/steps/build-pages.mjs';
import { bundleServer } from '../../bin/steps/bundle-server.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** where the built server answers: `http://127.0.0.1:12345` */
    baseUrl: string;
    /** its database */
    builtDatabaseUrl: string;
  }
}

export default async function startBuiltServer(project: TestProject) {
  await bundleServer();
  await buildPages();
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-built-'));
  // all its people come from one address
  writeTestSettings(dataDir, { rate_limit_enabled: false, server: { rateLimit: { enabled: false } } });
  const databaseUrl = await cloneTemplate(project.getProvidedContext().postgresUrl);
  const server = await startServer('.build/server/main.js', {
    NODE_ENV: 'production',
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'warn',
  });
  project.provide('baseUrl', server.baseUrl);
  project.provide('builtDatabaseUrl', databaseUrl);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
