import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hasCluster } from '#server/platform/postgres/cluster';
import { launchPostgres } from '#server/platform/postgres/launch';
import { type FlakyProxy, flakyProxy } from '#tests/chaos/flaky-proxy';
import type { Random } from '#tests/chaos/random';
import { freePort, type ServerProcess, startServer, writeTestSettings } from '#tests/support/server-process';

/** An installation of two server processes and a database, with bad lines to it. */
export type World = {
  /** straight to the server */
  baseUrl: string;
  /** over lines that break */
  proxies: FlakyProxy[];
  faults: Record<string, () => Promise<void>>;
  /** what was done to it, in order */
  log: string[];
  end(): Promise<void>;
};

export async function makeWorld(random: Random): Promise<World> {
  const parent = mkdtempSync(join(tmpdir(), 'parley-chaos-'));
  // root's database runs as another user, who must be able to pass
  chmodSync(parent, 0o711);
  const dataDir = join(parent, 'data');
  mkdirSync(dataDir);
  writeTestSettings(dataDir, { rate_limit_enabled: false });
  const port = await freePort();
  let server: ServerProcess;
  const start = async () => {
    server = await startServer('bin/start.mjs', {
      PORT: String(port),
      DATA_DIR: dataDir,
      WEB_CONCURRENCY: '2',
      LOG_LEVEL: 'info',
    });
  };
  await start();
  const proxies = [await flakyProxy(port), await flakyProxy(port)];
  const log: string[] = [];
  const postmaster = () =>
    Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
  const workers = () =>
    server
      .output()
      .split('\n')
      .filter((line) => line.includes('"msg":"listening"'))
      .map((line) => (JSON.parse(line) as { pid: number }).pid)
      .filter(runs);

  return {
    baseUrl: `http://127.0.0.1:${port}`,
    proxies,
    log,
    faults: {
      async 'one of the processes is killed'() {
        const alive = workers();
        if (alive.length > 0) process.kill(random.one(alive), 'SIGKILL');
      },
      async 'the database is killed'() {
        process.kill(postmaster(), 'SIGKILL');
      },
      async 'everything is killed and started again'() {
        server.child.kill('SIGKILL');
        process.kill(postmaster(), 'SIGKILL');
        await server.ended;
        while (workers().length > 0) await delay(20);
        await start();
      },
      async 'it is stopped and started again'() {
        await server.stop();
        await start();
      },
      async 'lines are cut'() {
        for (const proxy of proxies) proxy.cut();
      },
      async 'lines are slow'() {
        const proxy = random.one(proxies);
        proxy.slowDown(150);
        await delay(1_500);
        proxy.slowDown(0);
      },
    },
    async end() {
      for (const proxy of proxies) proxy.close();
      server.child.kill('SIGKILL');
      await server.ended;
      const home = join(dataDir, 'postgres');
      if (hasCluster(home)) await (await launchPostgres({ home })).stop();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
