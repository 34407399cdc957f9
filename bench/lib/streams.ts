import { connect, type Socket } from 'node:net';
import { encodeRequest, type RequestParts } from './connection.ts';

/** Marks a probe message inside a stream: `@@<number>@@`. */
export const probe = (number: number) => `@@${number}@@`;
const PROBE = /@@(\d+)@@/g;
const LONGEST_PROBE = 16;

/** Opens one event stream and calls back once for every probe that arrives in it. */
export function openStream(
  base: URL,
  parts: RequestParts,
  onProbe: (number: number) => void,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: base.hostname, port: Number(base.port), noDelay: true });
    let tail = '';
    let open = false;
    const seen = new Set<number>();
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      const text = tail + chunk.toString('latin1');
      if (!open) {
        if (!text.startsWith('HTTP/1.1 200')) return reject(new Error(text.slice(0, 200)));
        open = true;
        resolve(socket);
      }
      for (const match of text.matchAll(PROBE)) {
        const number = Number(match[1]);
        if (!seen.has(number)) {
          seen.add(number);
          onProbe(number);
        }
      }
      tail = text.slice(-LONGEST_PROBE);
    });
    socket.write(encodeRequest(base, parts));
  });
}
