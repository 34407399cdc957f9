import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, inject, vi } from 'vitest';
import { cloneTemplate, dropDatabase } from '#tests/support/clone-template';
import { type Door, doorTo } from '#tests/support/door';
import { freePort, startServer, writeTestSettings } from '#tests/support/server-process';

/** Filled before the first test of a file. */
export type OwnServer = { baseUrl: string; door: Door };

/**
 * The production build on an empty database, for a file whose tests are about who owns the server or what it says to
 * everybody: whoever signs up first owns it. No limits on requests.
 */
export function withOwnServer(settings: object = {}): OwnServer {
  vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
  const own = {} as OwnServer;
  const undo: (() => unknown)[] = [];
  beforeAll(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-own-'));
    undo.unshift(() => rmSync(dataDir, { recursive: true, force: true }));
    writeTestSettings(dataDir, {
      rate_limit_enabled: false,
      server: { rateLimit: { enabled: false } },
      ...settings,
    });
    const serverUrl = inject('postgresUrl');
    const databaseUrl = await cloneTemplate(serverUrl);
    undo.unshift(() => dropDatabase(serverUrl, databaseUrl));
    const server = await startServer('.build/server/main.js', {
      NODE_ENV: 'production',
      PORT: String(await freePort()),
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: 'warn',
    });
    undo.unshift(() => server.stop());
    own.baseUrl = server.baseUrl;
    own.door = doorTo(server.baseUrl);
    undo.unshift(() => own.door.close());
  });
  afterAll(async () => {
    for (const step of undo) await step();
  });
  return own;
}
