import type { ServerResponse } from 'node:http';
import { type EventWriter, eventStream } from '#server/dialects/kit/event-stream';
import { announce, enter, leave } from '#server/dialects/mikrochat/attendance';
import { isAboutReader, tell, tellSignal } from '#server/dialects/mikrochat/events';
import type { Profile } from '#server/dialects/mikrochat/profile';
import type { Actor } from '#server/domain/kernel/actor';
import type { Delivery, EventDelivery } from '#server/live/delivery';
import { attach, livePosition } from '#server/live/hub';
import { isInterruption, type Sink } from '#server/live/stream';
import { drained, writeFrame } from '#server/live/write-frame';
import { processSingleton } from '#server/platform/process-singleton';

/** A reader that leaves this many bytes lying is cut off, and may come back for the rest. */
const MOST_UNSENT_BYTES = 1024 * 1024;
const PING_MS = 15_000;
/** Where there is only the Fetch API, a stream is limited so that it ends with its reader at last. */
const LIFETIME_MS = 24 * 3_600_000;
const PING = Buffer.from(': ping\n\n');

export const STREAM_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  connection: 'keep-alive',
  'x-accel-buffering': 'no',
};

/** Where frames go: a socket, or a stream of the Fetch API. */
type Pipe = {
  /** false when it can take no more */
  write(frame: Uint8Array): boolean;
  ready(): Promise<void>;
  end(): void;
  cut(): void;
};

/**
 * Follows everything the actor may know, from after an event on or from now on; straight on the socket where there is
 * one. Refuses `rate_limited` `too_many_streams`.
 */
export async function followEvents(
  actor: Actor,
  profile: Profile,
  { after, outgoing }: { after: number | undefined; outgoing: ServerResponse | undefined },
): Promise<Response | null> {
  enter(actor);
  let start: number;
  try {
    start = after ?? (await livePosition());
  } catch (error) {
    leave(actor);
    throw error;
  }
  const begin = (pipe: Pipe) => {
    pipe.write(greeting(actor, start));
    const detach = attach(actor, new Reader(actor, profile, pipe), start);
    announce(actor);
    return () => {
      detach();
      leave(actor);
    };
  };
  if (!outgoing) return eventStream(LIFETIME_MS, (writer) => begin(pipeOfWriter(writer)));
  if (outgoing.destroyed) leave(actor);
  else followOnSocket(outgoing, begin);
  return null;
}

function followOnSocket(res: ServerResponse, begin: (pipe: Pipe) => () => void): void {
  res.writeHead(200, STREAM_HEADERS);
  res.on('error', () => {});
  const stop = begin(pipeOfSocket(res));
  openSockets().add(res);
  res.once('close', () => {
    openSockets().delete(res);
    stop();
  });
}

/** One stream as the hub sees it. */
class Reader implements Sink {
  constructor(
    private readonly actor: Actor,
    private readonly profile: Profile,
    private readonly pipe: Pipe,
  ) {}

  deliver(delivery: Delivery): boolean {
    const frame = frameOf(this.actor, delivery, this.profile);
    return frame === null || this.pipe.write(frame);
  }

  ready(): Promise<void> {
    return this.pipe.ready();
  }

  /** Without a word: whoever may come back does, and whoever may not is told then. */
  end(error: Error): void {
    if (isInterruption(error) && error.why === 'too_slow') this.pipe.cut();
    else this.pipe.end();
  }
}

/** Made once for all streams of a profile that receive it; null for what this API has no word for. */
function frameOf(reader: Actor, delivery: Delivery, profile: Profile): Uint8Array | null {
  if (delivery.kind === 'reset') return greeting(reader, delivery.id);
  if (delivery.kind === 'signal') {
    return delivery.frame('mikrochat:signal', () => encode(tellSignal(delivery)));
  }
  const key = `mikrochat:${profile.name}${isAboutReader(delivery, reader.accountId) ? ':own' : ''}`;
  return delivery.frame(key, () => encodeEvent(delivery, profile, reader.accountId));
}

function encodeEvent(delivery: EventDelivery, profile: Profile, readerId: number): Uint8Array | null {
  return encode(tell(delivery, profile, readerId), delivery.id);
}

/** The id comes with the last of them: whoever breaks off before it gets them all again. */
function encode(events: readonly { type: string; payload: string }[], id?: number): Uint8Array | null {
  if (events.length === 0) return null;
  const frames = events.map(({ type, payload }, index) => {
    const mark = id !== undefined && index === events.length - 1 ? `id: ${id}\n` : '';
    return `${mark}data: {"type":"${type}","payload":${payload}}\n\n`;
  });
  return Buffer.from(frames.join(''));
}

let connections = 0;

/** Comes first; and once more, when what was missed can't be told any more and lists have to be loaded anew. */
function greeting({ accountId }: Actor, id: number): Uint8Array {
  const payload = {
    message: 'Connected to event stream',
    timestamp: new Date().toISOString(),
    userId: String(accountId),
    connectionId: `${process.pid}-${++connections}`,
  };
  return Buffer.from(`:\n\nid: ${id}\ndata: ${JSON.stringify({ type: 'CONNECTED', payload })}\n\n`);
}

function pipeOfSocket(res: ServerResponse): Pipe {
  return {
    write(frame) {
      if (res.writableLength > MOST_UNSENT_BYTES) return false;
      writeFrame(res, frame);
      return true;
    },
    ready: () => drained(res),
    end: () => res.end(),
    cut: () => res.destroy(),
  };
}

function pipeOfWriter(writer: EventWriter): Pipe {
  return {
    write: (frame) => writer.write(frame),
    ready: async () => {},
    end: () => writer.end(),
    cut: () => writer.end(),
  };
}

/** One timer for all streams of the process. */
function openSockets(): Set<ServerResponse> {
  return processSingleton('mikrochat.sockets', () => {
    const sockets = new Set<ServerResponse>();
    setInterval(() => {
      for (const res of sockets) writeFrame(res, PING);
    }, PING_MS).unref();
    return sockets;
  });
}
