import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { findBrowser } from './tests/support/browser/find-browser.ts';

// This file is read again in every worker: what is found or made once travels in the environment.
process.env.E2E_PORT ??= String(await freePort());
process.env.E2E_DATA_DIR ??= newDataFolder();
process.env.E2E_BROWSER ??= JSON.stringify((await findBrowser()) ?? {});

const { E2E_PORT, E2E_DATA_DIR, E2E_BROWSER } = process.env;
const baseURL = `http://127.0.0.1:${E2E_PORT}`;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: '.build/e2e',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0,
  reporter: [['list']],
  globalTeardown: './tests/support/browser/remove-data.ts',
  use: {
    baseURL,
    browserName: 'chromium',
    launchOptions: JSON.parse(E2E_BROWSER),
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    // its snapshots would fetch the page's previews of picked files, which the page's own policy rightly forbids
    trace: { mode: 'retain-on-failure', snapshots: false, screenshots: true },
  },
  webServer: {
    command: 'node bin/start.mjs',
    url: `${baseURL}/health/ready`,
    timeout: 300_000,
    stdout: 'ignore',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    env: { PORT: E2E_PORT, DATA_DIR: E2E_DATA_DIR, LOG_LEVEL: 'warn', HOST: '127.0.0.1', DATABASE_URL: '' },
  },
});

function newDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-e2e-'));
  // root's database runs as another user, who must be able to pass
  chmodSync(folder, 0o711);
  const settings = {
    channels: ['general', 'software', 'firmware', 'systems', 'off-topic'],
    login_failure_delay_seconds: 0,
    // all people of all tests come from one address
    rate_limit_enabled: false,
  };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  return folder;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
