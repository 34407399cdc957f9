import type { Server, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const GRACE_MS = 3_000;
/** how soon a browser may open its stream again; by then the next process usually listens */
const RECONNECT_HINT = 'retry: 1000\n\n';

/** The answers that are still being written, so that a stopping process can finish or end them. */
export class InFlight {
  readonly #answers = new Set<ServerResponse>();
  #stopping = false;

  add(res: ServerResponse): void {
    this.#answers.add(res);
    if (this.#stopping) res.setHeader('connection', 'close');
  }

  delete(res: ServerResponse): void {
    this.#answers.delete(res);
  }

  /** Takes no new connections, lets requests finish, ends streams with a hint when to come back, then cuts the rest. */
  async drain(server: Server): Promise<void> {
    this.#stopping = true;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const res of this.#answers) if (isEventStream(res)) endStream(res);
    server.closeIdleConnections();
    await Promise.race([closed, delay(GRACE_MS)]);
    server.closeAllConnections();
    await closed;
  }
}

/** Whether an answer under way is one that never ends by itself. */
export function isEventStream(res: ServerResponse): boolean {
  return String(res.getHeader('content-type') ?? '').startsWith('text/event-stream');
}

function endStream(res: ServerResponse): void {
  // its producer may still write once before it notices
  res.on('error', () => {});
  res.end(RECONNECT_HINT);
}
