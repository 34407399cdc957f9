import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

const SECOND = 1_000;

/** Node's HTTP server with limits that a slow or hostile client cannot sit out. */
export function createHttpServer(): Server {
  const server = createServer({
    maxHeaderSize: 16 * 1024,
    headersTimeout: 15 * SECOND,
    // the largest upload over a slow line; the answer itself may take as long as it likes
    requestTimeout: 300 * SECOND,
    // longer than the balancers in front usually keep theirs, so that they never reuse one that is being closed
    keepAliveTimeout: 65 * SECOND,
    connectionsCheckingInterval: 5 * SECOND,
  });
  server.maxHeadersCount = 100;
  server.on('clientError', refuseUnreadable);
  return server;
}

/** What cannot be parsed as HTTP has no request to answer, so the words go straight to the socket. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS_OF[error.code ?? ''] ?? 400;
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

const STATUS_OF: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Resolves with the port once the server takes connections. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
