// Run before the browser tests: finds a browser, or installs Debian's where that is possible.
import { spawnSync } from 'node:child_process';
import { findBrowser } from '#tests/support/browser/find-browser';

const installed = (await findBrowser()) ?? (installFromDebian() && (await findBrowser()));
if (!installed) {
  console.error('No Chromium starts here. Install one, or name it in PLAYWRIGHT_CHROMIUM.');
  process.exitCode = 1;
}

function installFromDebian(): boolean {
  if (process.getuid?.() !== 0) return false;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const commands = [['update'], ['install', '-y', '--no-install-recommends', 'chromium']];
  return commands.every((args) => spawnSync('apt-get', args, { env: environment }).status === 0);
}
