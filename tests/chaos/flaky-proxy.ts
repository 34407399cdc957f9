import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '#tests/support/server-process';

/** A line to a server that can be cut and slowed down. */
export type FlakyProxy = {
  baseUrl: string;
  /** every connection there is breaks off, in the middle of whatever it carries */
  cut(): void;
  /** from now on every piece waits so long, each way; 0: none */
  slowDown(ms: number): void;
  close(): void;
};

export async function flakyProxy(targetPort: number): Promise<FlakyProxy> {
  const port = await freePort();
  const open = new Set<Socket>();
  let delayMs = 0;
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      open.add(from);
      // one after the other, however the delay changes: a line loses its order no more than TCP does
      let carried = Promise.resolve();
      const carry = (deliver: () => void) => {
        const ms = delayMs;
        carried = carried.then(() => (ms > 0 ? delay(ms) : undefined)).then(deliver);
      };
      from.on('data', (chunk) => carry(() => to.write(chunk)));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        carry(() => to.end());
      });
      to.on('error', () => {});
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    cut() {
      for (const socket of open) socket.destroy();
    },
    slowDown(ms) {
      delayMs = ms;
    },
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}
