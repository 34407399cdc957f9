import type { ServerResponse } from 'node:http';

/** A frame as a chunk of HTTP/1.1; shared frames are wrapped once. */
const chunks = new WeakMap<Uint8Array, Buffer>();

/** Answers whose headers have gone to their socket. */
const begun = new WeakSet<ServerResponse>();

/**
 * Writes one piece of an endless answer. `res.write` wraps each piece anew for each
 * connection and hands it to the kernel in four parts at the end of the turn: with a thousand readers that is half of
 * all the work, and the last one waits for it. Never goes past what `res` itself still holds.
 */
export function writeFrame(res: ServerResponse, frame: Uint8Array): void {
  if (res.writableEnded || res.destroyed) return;
  const { socket } = res;
  if (socket && begun.has(res) && res.chunkedEncoding) socket.write(chunkOf(frame));
  else {
    // takes the headers along; and where the answer waits behind another, or is for an old client without chunks
    res.write(frame);
    if (socket) begun.add(res);
  }
}

/** Resolves when a reader that takes its time has taken what waits for it, or has left. */
export async function drained({ socket }: ServerResponse): Promise<void> {
  if (!socket?.writableNeedDrain || socket.destroyed) return;
  await new Promise<void>((resolve) => {
    const goOn = () => {
      socket.off('drain', goOn).off('close', goOn);
      resolve();
    };
    socket.on('drain', goOn).on('close', goOn);
  });
}

function chunkOf(frame: Uint8Array): Buffer {
  let chunk = chunks.get(frame);
  if (!chunk) {
    chunk = Buffer.concat([Buffer.from(`${frame.length.toString(16)}\r\n`), frame, Buffer.from('\r\n')]);
    chunks.set(frame, chunk);
  }
  return chunk;
}
