// Which Chromium the browser tests use. Playwright's own needs a download that not every machine allows, so a
// system browser and the one that ships in an npm package stand in.
import { existsSync } from 'node:fs';
import { chromium, type LaunchOptions } from '@playwright/test';

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Without them a browser asks its maker's hosts for things, and root cannot start one at all. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** How to launch the browser of this machine; null when there is none that starts. */
export async function findBrowser(): Promise<LaunchOptions | null> {
  for (const executablePath of await candidates()) {
    const options = { args: FLAGS, ...(executablePath ? { executablePath } : {}) };
    if (await starts(options)) return options;
  }
  return null;
}

/** In the order of preference; undefined is Playwright's own. */
async function candidates(): Promise<(string | undefined)[]> {
  const wanted = process.env.PLAYWRIGHT_CHROMIUM;
  if (wanted) return [wanted];
  return [
    ...(existsSync(chromium.executablePath()) ? [undefined] : []),
    ...SYSTEM_BROWSERS.filter((path) => existsSync(path)),
    ...(await shippedBrowser()),
  ];
}

/** Unpacks the Chromium from npm (Linux on x64 only), once per machine. */
async function shippedBrowser(): Promise<string[]> {
  try {
    const { default: shipped } = await import('@sparticuz/chromium');
    return [await shipped.executablePath()];
  } catch {
    return [];
  }
}

async function starts(options: LaunchOptions): Promise<boolean> {
  try {
    const browser = await chromium.launch({ ...options, timeout: 30_000 });
    await browser.close();
    return true;
  } catch {
    return false;
  }
}
