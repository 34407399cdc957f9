import { connect, type Socket } from 'node:net';
import { encodeRequest, type RequestParts } from './connection.ts';

/** Marks a probe message inside a stream: `@@<number>@@`. */
export const probe = (number: number) => `@@${number}@@`;
const MARK = Buffer.from('@@');
const LONGEST_NUMBER = 12;

/** Opens one event stream and calls back once for every probe that arrives in it. */
export function openStream(
  base: URL,
  parts: RequestParts,
  onProbe: (number: number) => void,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: base.hostname, port: Number(base.port), noDelay: true });
    let open = false;
    const seen = new Set<number>();
    const search = probeSearch((number) => {
      if (seen.has(number)) return;
      seen.add(number);
      onProbe(number);
    });
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      if (!open) {
        const text = chunk.toString('latin1');
        if (!text.startsWith('HTTP/1.1 200')) return reject(new Error(text.slice(0, 200)));
        open = true;
        resolve(socket);
      }
      search(chunk);
    });
    socket.write(encodeRequest(base, parts));
  });
}

/**
 * Finds probes in bytes that come in pieces, without making text of them: a thousand streams are read on the core
 * that the database needs as well.
 */
function probeSearch(onProbe: (number: number) => void): (chunk: Buffer) => void {
  let tail: Buffer | null = null;
  return (chunk) => {
    const bytes: Buffer = tail ? Buffer.concat([tail, chunk]) : chunk;
    tail = null;
    for (let at = bytes.indexOf(MARK); at >= 0; ) {
      const end = bytes.indexOf(MARK, at + MARK.length);
      if (end < 0) {
        if (bytes.length - at <= LONGEST_NUMBER) tail = bytes.subarray(at);
        return;
      }
      const number = Number(bytes.toString('latin1', at + MARK.length, Math.min(end, at + LONGEST_NUMBER)));
      const isProbe = Number.isInteger(number) && end > at + MARK.length;
      if (isProbe) onProbe(number);
      at = isProbe ? bytes.indexOf(MARK, end + MARK.length) : end;
    }
    if (bytes.at(-1) === MARK[0]) tail = bytes.subarray(-1);
  };
}
