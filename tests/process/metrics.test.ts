import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { cloneTemplate } from '#tests/support/clone-template';
import { freePort, type ServerProcess, startServer } from '#tests/support/server-process';
import { openStream, signUp } from '#tests/support/web-client';

const dataDir = mkdtempSync(join(tmpdir(), 'parley-metrics-'));
let server: ServerProcess;
let metricsPort: number;

beforeAll(async () => {
  metricsPort = await freePort();
  server = await startServer('.build/server/main.js', {
    NODE_ENV: 'production',
    PORT: String(await freePort()),
    METRICS_PORT: String(metricsPort),
    DATA_DIR: dataDir,
    DATABASE_URL: await cloneTemplate(inject('postgresUrl')),
    LOG_LEVEL: 'debug',
  });
});

afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it('Prometheus reads requests, streams and connections on the port it was given', async () => {
  const alice = await signUp(server.baseUrl, 'alice');
  await openStream(server.baseUrl, alice);
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  expect(metrics).toContain('parley_http_requests_total{door="dialect",method="POST",status="302"} 1');
  expect(metrics).toMatch(/^parley_open_streams 1$/m);
  expect(metrics).toMatch(/^parley_database_connections\{state="idle"\} \d/m);
  expect((await fetch(`${server.baseUrl}/metrics`)).status).toBe(404);
});

it('the log holds neither passwords nor what people wrote nor what they searched for', async () => {
  const bob = await signUp(server.baseUrl, 'bob');
  await bob.send('general', 'a very private word');
  await fetch(`${server.baseUrl}/search_messages?q=private`, { headers: { cookie: bob.cookie } });
  const log = server.output();
  expect(log).toContain('"path":"/send/general"');
  for (const secret of ['Correct-horse', 'very private', 'q=private', bob.cookie])
    expect(log).not.toContain(secret);
});
