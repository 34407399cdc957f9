import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import next from 'next';
import { env } from '#server/platform/env';
import { newNonce, pagePolicy } from '#server/process/security-headers';

/** The web app's pages: Next, behind our own server. */
export type Pages = {
  /** renders a page; `path` is another one than the request's */
  show(req: IncomingMessage, res: ServerResponse, path?: string): Promise<void>;
  /** Next's own socket in development */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  close(): Promise<void>;
};

/** Loads Next for the folder with `app` in it. */
export async function openPages(root: string, server: Server): Promise<Pages> {
  const { NODE_ENV, HOST, PORT } = env();
  const app = next({
    dev: NODE_ENV === 'development',
    dir: root,
    hostname: HOST,
    port: PORT,
    httpServer: server,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  const upgrade = app.getUpgradeHandler();
  return {
    async show(req, res, path) {
      const policy = withPolicy(req);
      res.setHeader('content-security-policy', policy);
      // Next leaves one that is there, and knows better which of its answers may be kept
      res.removeHeader('cache-control');
      if (path !== undefined) {
        req.method = 'GET';
        req.url = path;
        for (const name of ['content-type', 'content-length', 'transfer-encoding']) delete req.headers[name];
      }
      await handle(req, res);
    },
    upgrade: (req, socket, head) => upgrade(req, socket, head),
    close: () => app.close(),
  };
}

/** Next reads the nonce from the request's policy and puts it on every script it writes. */
function withPolicy(req: IncomingMessage): string {
  const nonce = newNonce();
  const policy = pagePolicy(nonce);
  req.headers['content-security-policy'] = policy;
  req.headers['x-nonce'] = nonce;
  // proxy.ts is for the days when main.ts is not in front
  req.headers['x-door'] = 'main';
  return policy;
}
