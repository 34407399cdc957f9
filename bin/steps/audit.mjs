import { execFile } from 'node:child_process';
import { ROOT } from './fingerprint.mjs';

const LIMIT_MS = 60_000;

/**
 * Asks the registry for known holes in what runs in production. Not every registry answers that, and none does
 * without a network: then there is nothing to fail about.
 * @returns {Promise<string>}
 */
export function audit() {
  return new Promise((resolve, reject) => {
    execFile(
      'npm',
      ['audit', '--omit=dev', '--json'],
      { cwd: ROOT, timeout: LIMIT_MS, maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout) => {
        const found = parse(stdout)?.metadata?.vulnerabilities;
        if (!found) return resolve('skipped, the registry does not answer');
        const grave = found.high + found.critical;
        if (grave > 0) return reject(new Error(`${grave} grave: npm audit --omit=dev tells more`));
        return resolve(`${found.moderate + found.low} minor, none grave`);
      },
    );
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
