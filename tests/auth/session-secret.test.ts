import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'parley-secret-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** What a process that starts now seals its cookies with. */
async function secretOfNewProcess(settings?: object): Promise<string> {
  if (settings) writeFileSync(join(home, 'settings.json'), JSON.stringify(settings));
  const script = `import { sessionSecret } from '#server/auth/session-secret'; console.log(sessionSecret())`;
  const env = { ...process.env, DATA_DIR: join(home, 'data'), SETTINGS_FILE: join(home, 'settings.json') };
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { env, cwd: process.cwd() },
  );
  return stdout.trim();
}

describe('the session secret', () => {
  it('is made once, by whichever process comes first, for its owner’s eyes only', async () => {
    const secrets = await Promise.all([secretOfNewProcess(), secretOfNewProcess()]);
    const file = join(home, 'data', 'session_secret');
    expect(secrets[0]).toHaveLength(43);
    expect(new Set(secrets)).toEqual(new Set([readFileSync(file, 'utf8')]));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(home, 'data'))).toEqual(['session_secret']);
    expect(await secretOfNewProcess()).toBe(secrets[0]);
  }, 30_000);

  it('is what the settings say, if they do', async () => {
    const session_secret = 'chosen by the administrator, of all people';
    expect(await secretOfNewProcess({ session_secret })).toBe(session_secret);
    expect(existsSync(join(home, 'data', 'session_secret'))).toBe(false);
  }, 30_000);
});
