#!/usr/bin/env node
// `npm test` and CI: every check in one list, a line for each, and the sum of all tests at the end. A check that
// fails does not hide those after it.
import './steps/require-setup.mjs';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from './steps/audit.mjs';
import { buildPages } from './steps/build-pages.mjs';
import { bundleServer } from './steps/bundle-server.mjs';
import { BUILD, ROOT } from './steps/fingerprint.mjs';
import { generateClient } from './steps/generate-client.mjs';

const REPORTS = join(BUILD, 'reports');
const total = { passed: 0, failed: 0 };

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

await check('database client', generateClient);
await check('lint', () => run('node_modules/@biomejs/biome/bin/biome', ['ci', '--error-on-warnings']));
await check('server bundle', bundleServer);
await check('pages', buildPages);
// after the build, which writes the types of the routes
await check('types', () => run('node_modules/typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']));
await tests('unit and domain tests', 'domain', vitest);
await tests('tests against the built server', 'built', vitest);
await tests('browser tests', 'browser', playwright);
await check('audit', audit);

console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

/**
 * A check without tests of its own counts only when it fails.
 * @param {string} name
 * @param {() => Promise<unknown>} work
 */
async function check(name, work) {
  const began = performance.now();
  try {
    const said = await work();
    console.log(`✓ ${name}${typeof said === 'string' ? `: ${said}` : ''} (${secondsSince(began)})`);
  } catch (error) {
    total.failed += 1;
    console.log(`✗ ${name} (${secondsSince(began)})\n${error instanceof Error ? error.message : error}`);
  }
}

/**
 * @param {string} name
 * @param {string} project
 * @param {(project: string, report: string) => Promise<{ passed: number, failed: number }>} runner
 */
async function tests(name, project, runner) {
  const began = performance.now();
  const { passed, failed } = await runner(project, join(REPORTS, `${project}.json`));
  total.passed += passed;
  total.failed += failed;
  console.log(
    `${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed (${secondsSince(began)})`,
  );
}

/**
 * @param {string} project of vitest.config.mts
 * @param {string} report
 */
async function vitest(project, report) {
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json'];
  const code = await exitCode('node_modules/vitest/vitest.mjs', [...args, `--outputFile.json=${report}`]);
  const counts = readReport(report);
  return counted(code, counts?.numPassedTests, counts?.numFailedTests);
}

/**
 * @param {string} _project
 * @param {string} report
 */
async function playwright(_project, report) {
  const browser = await exitCode('node_modules/tsx/dist/cli.mjs', [
    'tests/support/browser/ensure-browser.ts',
  ]);
  if (browser !== 0) return { passed: 0, failed: 1 };
  const code = await exitCode('node_modules/@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const stats = readReport(report)?.stats;
  return counted(code, stats && stats.expected + stats.flaky, stats?.unexpected);
}

/**
 * A runner that fails although no test did (a file that cannot be loaded, a crash) counts as one failure.
 * @param {number} code
 * @param {number | undefined} passed
 * @param {number | undefined} failed
 */
function counted(code, passed = 0, failed = 0) {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** @param {string} path */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * @param {string} script
 * @param {string[]} args
 */
async function run(script, args) {
  const code = await exitCode(script, args);
  if (code !== 0) throw new Error(`it ended with ${code}`);
}

/**
 * @param {string} script
 * @param {string[]} args
 * @param {Record<string, string>} [environment]
 * @returns {Promise<number>}
 */
function exitCode(script, args, environment = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, script), ...args], {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** @param {number} began */
function secondsSince(began) {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}
