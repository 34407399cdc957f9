// A small HTTP/1.1 client with one request in flight per connection and requests made beforehand: the generator
// shares two cores with the server, so it must cost far less than what it measures.
import { connect, type Socket } from 'node:net';

export type Answer = { status: number; head: string; body: Buffer };

export type RequestParts = { method?: string; path: string; headers?: Record<string, string>; body?: string };

/** The bytes of one request, to be sent as often as wanted. */
export function encodeRequest(base: URL, { method = 'GET', path, headers = {}, body }: RequestParts): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, `Host: ${base.host}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (body !== undefined || method !== 'GET') lines.push(`Content-Length: ${Buffer.byteLength(body ?? '')}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`);
}

const END_OF_HEAD = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

export class Connection {
  private socket: Socket | null = null;
  private received: Buffer = Buffer.alloc(0);
  private waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null;

  constructor(private readonly base: URL) {}

  async send(request: Buffer): Promise<Answer> {
    const socket = this.socket ?? (await this.open());
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      socket.write(request);
    });
  }

  close(): void {
    this.socket?.destroy();
    this.socket = null;
  }

  private open(): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: this.base.hostname, port: Number(this.base.port), noDelay: true });
      socket.once('connect', () => {
        this.socket = socket;
        resolve(socket);
      });
      socket.on('data', (chunk) => this.take(chunk));
      socket.on('error', reject);
      socket.on('close', () => this.fail(new Error('connection closed')));
    });
  }

  private take(chunk: Buffer): void {
    this.received = this.received.length ? Buffer.concat([this.received, chunk]) : chunk;
    const end = this.received.indexOf(END_OF_HEAD);
    if (end < 0) return;
    const head = this.received.toString('latin1', 0, end);
    const body = this.received.subarray(end + END_OF_HEAD.length);
    if (!isComplete(head, body)) return;
    this.received = Buffer.alloc(0);
    const waiting = this.waiting;
    this.waiting = null;
    waiting?.resolve({
      status: Number(head.slice(9, 12)),
      head,
      body: /chunked/i.test(head) ? dechunk(body) : body,
    });
  }

  private fail(error: Error): void {
    this.socket = null;
    const waiting = this.waiting;
    this.waiting = null;
    waiting?.reject(error);
  }
}

function isComplete(head: string, body: Buffer): boolean {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return body.length >= Number(length);
  if (/\r\ntransfer-encoding: *chunked/i.test(head))
    return body.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK);
  return true;
}

function dechunk(raw: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = raw.indexOf('\r\n', at);
    const size = Number.parseInt(raw.toString('latin1', at, lineEnd), 16);
    if (!size) return Buffer.concat(parts);
    parts.push(raw.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}

/** One request on a connection of its own, for set-up. */
export async function once(base: URL, parts: RequestParts): Promise<Answer> {
  const connection = new Connection(base);
  try {
    return await connection.send(encodeRequest(base, parts));
  } finally {
    connection.close();
  }
}
