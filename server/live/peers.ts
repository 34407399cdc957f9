import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import type { Signal } from '#server/domain/kernel/events';
import { env } from '#server/platform/env';
import { log } from '#server/platform/log';

const CHANNEL = 'parley_live';
const SPACING_MS = 5;
const RECONNECT_MS = { first: 100, most: 2_000 };
/** Postgres takes less than 8,000 bytes in a notification; a signal has about 120. */
const SIGNALS_PER_NOTE = 40;

const id = z.number().int().positive();
const Note = z.object({
  from: z.string(),
  signals: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('typing'), conversationId: id, accountId: id }),
      z.object({
        type: z.literal('presence'),
        accountId: id,
        state: z.enum(['active', 'idle', 'hidden', 'offline']),
      }),
      z.object({
        type: z.literal('receipt'),
        conversationId: id,
        accountId: id,
        readSeq: z.number().int().nonnegative(),
        readStamp: z.number().int().nonnegative(),
      }),
    ]),
  ),
});

type Hears = {
  /** another process committed events, or notes may have been missed */
  onWake: () => void;
  onSignals: (signals: Signal[]) => void;
};

/**
 * The other processes on the same database, by LISTEN and NOTIFY over a connection of its own: a command's own
 * transaction never notifies, because that would make all commits wait for each other. Notes are at least 5 ms
 * apart. Losing one is harmless: the hub polls.
 */
export class Peers {
  readonly #me = randomUUID();
  readonly #hears: Hears;
  #client: pg.Client | null = null;
  #timer: NodeJS.Timeout | undefined;
  #noteTimer: NodeJS.Timeout | undefined;
  #signals: Signal[] = [];
  #due = false;
  #failures = 0;
  #closed = false;

  constructor(hears: Hears) {
    this.#hears = hears;
  }

  /** Connects, and connects again whenever the connection is lost. */
  async start(): Promise<void> {
    if (this.#closed) return;
    const client = new pg.Client({
      connectionString: env().DATABASE_URL,
      keepAlive: true,
      application_name: 'parley live',
    });
    let lost = false;
    const lose = (error?: Error) => {
      if (lost) return;
      lost = true;
      this.#reconnect(client, error);
    };
    client.on('error', lose);
    client.on('end', () => lose());
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      return lose(error as Error);
    }
    this.#client = client;
    this.#failures = 0;
    this.#hears.onWake();
  }

  /** Tells the others that there are new events. */
  wake(): void {
    this.#notifySoon();
  }

  signal(signals: readonly Signal[]): void {
    this.#signals.push(...signals);
    this.#notifySoon();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#noteTimer);
    await this.#client?.end().catch(() => {});
  }

  #notifySoon(): void {
    this.#due = true;
    this.#noteTimer ??= setTimeout(() => void this.#notify(), SPACING_MS).unref();
  }

  async #notify(): Promise<void> {
    this.#due = false;
    try {
      do {
        const note = { from: this.#me, signals: this.#signals.splice(0, SIGNALS_PER_NOTE) };
        await this.#client?.query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify(note)]);
      } while (this.#signals.length > 0);
    } catch {
      // The connection is lost then, which is dealt with where it is noticed.
    }
    this.#noteTimer = undefined;
    // Something was committed while the note was on its way, and may have missed it.
    if (this.#due) this.#notifySoon();
  }

  #hear(payload: string): void {
    const note = Note.safeParse(parseJson(payload));
    if (!note.success || note.data.from === this.#me) return;
    this.#hears.onWake();
    if (note.data.signals.length > 0) this.#hears.onSignals(note.data.signals);
  }

  #reconnect(client: pg.Client, error: Error | undefined): void {
    this.#client = null;
    client.end().catch(() => {});
    if (this.#closed) return;
    if (this.#failures === 0) log.warn({ err: error }, 'lost touch with the other processes');
    const wait = Math.min(RECONNECT_MS.first * 2 ** this.#failures++, RECONNECT_MS.most);
    this.#timer = setTimeout(() => void this.start(), wait).unref();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
