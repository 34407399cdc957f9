import { execFile } from 'node:child_process';
import { ROOT } from './fingerprint.mjs';

const LIMIT_MS = 60_000;

/** Asked once and not for long: without a network nobody waits for what will not come. */
const PATIENCE = ['--fetch-retries=0', '--fetch-timeout=20000'];

/**
 * Asks the registry (npm's own settings name it) for known holes in what runs in production. Rejects when there are
 * grave ones. Not every registry answers that, and none does without a network: then there is nothing to fail about.
 * @param {string} [registry]
 * @returns {Promise<string>} what it found, in a few words
 */
export function audit(registry) {
  const args = [
    'audit',
    '--omit=dev',
    '--json',
    ...PATIENCE,
    ...(registry ? [`--registry=${registry}`] : []),
  ];
  return new Promise((resolve, reject) => {
    execFile('npm', args, { cwd: ROOT, timeout: LIMIT_MS, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout) => {
      const found = parse(stdout)?.metadata?.vulnerabilities;
      if (!found) return resolve('skipped, the registry does not answer');
      const grave = found.high + found.critical;
      if (grave > 0) return reject(new Error(`${grave} grave: npm audit --omit=dev tells more`));
      return resolve(`${found.info + found.low + found.moderate} minor, none grave`);
    });
  });
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
