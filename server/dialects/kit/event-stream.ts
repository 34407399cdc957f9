const PING_MS = 15_000;
/** A reader that leaves this many bytes lying is cut off, and may come back for the rest. */
const MOST_UNSENT_BYTES = 1024 * 1024;
const PING = Buffer.from(': still here\n\n');

/** Where a stream of server-sent events goes. */
export type EventWriter = {
  /** False when the reader is gone or too slow: the stream has ended then. */
  write(frame: Uint8Array): boolean;
  /** Ends it; a browser comes back by itself, with the last id it got. */
  end(): void;
};

/**
 * Answers with server-sent events. `start` begins the work and returns what stops it, called once, whoever ends the
 * stream; it ends by itself after `lifetimeMs`, so that rights and processes are not outlived for long.
 */
export function eventStream(lifetimeMs: number, start: (writer: EventWriter) => () => void): Response {
  let finish = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let open = true;
        let stop: (() => void) | null = null;
        finish = () => {
          if (!open) return;
          open = false;
          clearInterval(ping);
          clearTimeout(lifetime);
          stop?.();
        };
        const writer: EventWriter = {
          write(frame) {
            if (open && (controller.desiredSize ?? 0) <= 0) writer.end();
            if (open) controller.enqueue(frame);
            return open;
          },
          end() {
            if (!open) return;
            finish();
            controller.close();
          },
        };
        const ping = setInterval(() => writer.write(PING), PING_MS).unref();
        const lifetime = setTimeout(writer.end, lifetimeMs).unref();
        stop = start(writer);
        // its right may have been gone before it began
        if (!open) stop();
      },
      cancel: () => finish(),
    },
    { highWaterMark: MOST_UNSENT_BYTES, size: (frame) => frame?.byteLength ?? 0 },
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}

/** One event as it is written: `event: dms`, with an id where a client can resume from it. */
export function eventFrame(event: string, data: unknown, id?: string): Uint8Array {
  const mark = id === undefined ? '' : `id: ${id}\n`;
  return Buffer.from(`event: ${event}\n${mark}data: ${JSON.stringify(data)}\n\n`);
}
