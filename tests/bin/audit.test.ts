// The audit of `npm test` against registries of our own: no network is asked, and none is needed.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { audit } from '../../bin/steps/audit.mjs';

// npm remembers what registries told it
const cache = mkdtempSync(join(tmpdir(), 'parley-audit-'));
process.env.npm_config_cache = cache;
afterAll(() => rmSync(cache, { recursive: true, force: true }));

let stop = () => {};
afterEach(() => stop());

async function registry(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** A registry that knows one hole, in a package of ours. */
function knowing(severity: string): RequestListener {
  const hole = {
    id: severity.length,
    url: 'https://a.example/1',
    title: 'a hole',
    severity,
    vulnerable_versions: '*',
  };
  return (req, res) => {
    res.setHeader('content-type', 'application/json');
    if (req.method === 'POST') res.end(JSON.stringify({ pg: [hole] }));
    else res.writeHead(404).end('{}');
  };
}

it('fails for a grave hole', async () => {
  await expect(audit(await registry(knowing('critical')))).rejects.toThrow(/^\d+ grave/);
});

it('tells of minor ones', async () => {
  expect(await audit(await registry(knowing('low')))).toMatch(/^[1-9]\d* minor, none grave$/);
});

it('says so when there is none', async () => {
  const url = await registry((_req, res) => res.setHeader('content-type', 'application/json').end('{}'));
  expect(await audit(url)).toBe('0 minor, none grave');
});

it.each<[string, RequestListener]>([
  ['knows no audits', (_req, res) => res.writeHead(404).end('{"error":"not found"}')],
  ['is broken', (_req, res) => res.writeHead(500).end('<html>')],
  ['hangs up', (req) => req.destroy()],
])('fails about nothing when the registry %s', async (_how, answer) => {
  expect(await audit(await registry(answer))).toMatch(/^skipped/);
});

it('fails about nothing, and soon, when there is none', async () => {
  const url = await registry(() => {});
  stop();
  const began = performance.now();
  expect(await audit(url)).toMatch(/^skipped/);
  expect(performance.now() - began).toBeLessThan(30_000);
});
