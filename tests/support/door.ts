// One way to ask an HTTP question, whichever door stands behind it, so that a test can run through several.
import { Agent, createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createDispatcher } from '#server/process/dispatch';
import { purify } from '#server/process/incoming';

export type Question = {
  method: string;
  /** the request target as it is sent: nobody normalises it */
  path: string;
  headers: Record<string, string>;
  body?: Buffer | undefined;
};

export type Answer = { status: number; headers: Headers; bytes: Buffer; text: string };

export type Door = {
  name: string;
  /** where it listens; '' when it doesn't */
  base: string;
  ask(question: Question): Promise<Answer>;
  close(): Promise<void>;
};

const LARGE = 1024 * 1024;

/** A server that listens at `base`, such as `http://127.0.0.1:3000`. */
export function doorTo(base: string, name = base): Door {
  const { hostname, port } = new URL(base);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return {
    name,
    base,
    ask: ({ method, path, headers, body }) =>
      new Promise((resolve, reject) => {
        const sent = httpRequest(
          {
            // a large upload may be cut off after its refusal: it must not take a shared connection with it
            agent: body && body.length > LARGE ? false : agent,
            hostname,
            port,
            method,
            path,
            headers: body ? { ...headers, 'content-length': String(body.length) } : headers,
          },
          async (answer) => {
            try {
              const bytes = await buffer(answer);
              const received = Object.entries(answer.headersDistinct).flatMap(([name, values]) =>
                (values ?? []).map((value): [string, string] => [name, value]),
              );
              const { statusCode: status = 0 } = answer;
              resolve({ status, headers: new Headers(received), bytes, text: bytes.toString() });
            } catch (error) {
              reject(error);
            }
          },
        );
        sent.on('error', reject);
        if (body && body.length > LARGE) sent.once('socket', (socket) => socket.on('error', () => {}));
        sent.end(body);
      }),
    close: async () => agent.destroy(),
  };
}

/** The dispatcher of main.ts behind a real HTTP server in this process, without pages: the clock can be held. */
export async function openMainDoor(): Promise<Door> {
  const dispatch = createDispatcher({ pages: null, files: null });
  const server = createServer((req, res) => {
    purify(req);
    dispatch(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const door = doorTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'main');
  return {
    ...door,
    async close() {
      await door.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Next's catch-all routes, called as Next calls them. */
export function nextDoor(handlers: Record<string, (request: Request) => Promise<Response>>): Door {
  return {
    name: 'next',
    base: '',
    async ask({ method, path, headers, body }) {
      const handle = handlers[method];
      if (!handle) throw new Error(`the route file exports no ${method}`);
      const request = new Request(`http://127.0.0.1${path}`, {
        method,
        headers: {
          host: '127.0.0.1',
          ...headers,
          ...(body ? { 'content-length': String(body.length) } : {}),
        },
        body: body ? new Uint8Array(body) : null,
      });
      const answer = await handle(request);
      const bytes = Buffer.from(await answer.arrayBuffer());
      return { status: answer.status, headers: answer.headers, bytes, text: bytes.toString() };
    },
    close: async () => {},
  };
}
