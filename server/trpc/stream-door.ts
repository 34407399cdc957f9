import type { IncomingMessage, ServerResponse } from 'node:http';
import superjson from 'superjson';
import { requestActor } from '#server/auth/request-actor';
import type { Actor } from '#server/domain/kernel/actor';
import type { Delivery } from '#server/live/delivery';
import { attach } from '#server/live/hub';
import { isInterruption, type Sink } from '#server/live/stream';
import { drained, writeFrame } from '#server/live/write-frame';
import { processSingleton } from '#server/platform/process-singleton';
import { isOwn, presentDelivery } from '#server/trpc/present-delivery';
import { HEARTBEAT } from '#server/trpc/procedure';
import { Resume } from '#server/trpc/routers/live';

/** A browser that leaves this many bytes lying is cut off, and may come back for the rest. */
const MOST_UNSENT = 1_048_576;

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};
const PING = Buffer.from('event: ping\ndata: \n\n');

/**
 * Answers the subscription `live.events` without tRPC's machinery, in the same words on the wire: a frame is made
 * once for all who receive it and written straight to their sockets (docs/decisions/021). False, with nothing
 * answered, for requests that only tRPC can answer: those it refuses.
 */
export async function answerStream(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const resume = resumeOf(req);
  const actor = resume && (await actorOf(req));
  if (!actor) return false;
  if (res.destroyed) return true;
  for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value);
  res.write(greeting());
  const leave = attach(actor, new Socket(actor, res), resume.after);
  openStreams().add(res);
  res.on('error', () => {});
  res.on('close', () => {
    openStreams().delete(res);
    leave();
  });
  return true;
}

/** Null also when that can't be found out: tRPC will try again, and knows how to report it. */
async function actorOf(req: IncomingMessage): Promise<Actor | null> {
  try {
    return await requestActor({ get: (name) => req.headers[name]?.toString() });
  } catch {
    return null;
  }
}

/** A response as the hub sees it. */
class Socket implements Sink {
  constructor(
    private readonly actor: Actor,
    private readonly res: ServerResponse,
  ) {}

  deliver(delivery: Delivery): boolean {
    if (this.res.writableLength > MOST_UNSENT) return false;
    writeFrame(this.res, frameOf(this.actor, delivery));
    return true;
  }

  ready(): Promise<void> {
    return drained(this.res);
  }

  /** Without a word: the browser asks again, and hears from tRPC if it may not. */
  end(error: Error): void {
    if (isInterruption(error) && error.why === 'too_slow') this.res.destroy();
    else this.res.end();
  }
}

function frameOf(reader: Actor, delivery: Delivery): Buffer {
  const key = isOwn(reader, delivery) ? 'web:sse:own' : 'web:sse';
  return delivery.frame(key, () => Buffer.from(encode(reader, delivery)));
}

/** A signal has no id; what follows it gives the browser back the one to resume from. */
function encode(reader: Actor, delivery: Delivery): string {
  const data = JSON.stringify(superjson.serialize(presentDelivery(reader, delivery)));
  if (delivery.kind !== 'signal') return `data: ${data}\nid: ${delivery.id}\n\n`;
  return `data: ${data}\nid: \n\nevent: restore-id\ndata: \nid: ${delivery.after}\n\n`;
}

/** When many lose their server at once, they come back one after the other. */
function greeting(): string {
  const retryMs = Math.round(500 + Math.random() * 1_500);
  const options = { reconnectAfterInactivityMs: HEARTBEAT.reconnectAfterMs };
  return `retry: ${retryMs}\nevent: connected\ndata: ${JSON.stringify(options)}\n\n`;
}

/** Null for what does not parse. */
function resumeOf(req: IncomingMessage): { after: number | undefined } | null {
  const search = new URLSearchParams(req.url?.split('?', 2)[1]);
  const lastEventId = req.headers['last-event-id'];
  try {
    const input = search.get('input');
    const given = input ? superjson.deserialize<object | null>(JSON.parse(input)) : null;
    return Resume.parse(lastEventId ? { ...given, lastEventId } : given);
  } catch {
    return null;
  }
}

/** One timer for all streams of the process, running only while there are any. */
function openStreams() {
  return processSingleton('trpc.open-streams', () => {
    const streams = new Set<ServerResponse>();
    setInterval(() => {
      for (const res of streams) writeFrame(res, PING);
    }, HEARTBEAT.pingMs).unref();
    return streams;
  });
}
