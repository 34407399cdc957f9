import { setTimeout as delay } from 'node:timers/promises';
import type { Actor } from '#server/domain/kernel/actor';
import type { DomainEvent, Signal } from '#server/domain/kernel/events';
import { Refusal } from '#server/domain/kernel/refusal';
import { carrySignals } from '#server/domain/kernel/signals';
import { wakeHub } from '#server/domain/kernel/wake';
import { unscopedSignedIn } from '#server/domain/sessions/unscoped-signed-in';
import { backlog, reset } from '#server/live/backlog';
import { type Delivery, frameCache } from '#server/live/delivery';
import type { StoredEvent } from '#server/live/event-log';
import { EventReader } from '#server/live/event-reader';
import { forgetOutdated } from '#server/live/forget-outdated';
import { Listeners } from '#server/live/listeners';
import { type Addressed, loadDeliveries, oldestSeq } from '#server/live/load-deliveries';
import { Peers } from '#server/live/peers';
import { Pump } from '#server/live/pump';
import { SignalBoard } from '#server/live/signal-board';
import { type Sink, Stream, StreamInterrupted } from '#server/live/stream';
import { log } from '#server/platform/log';

/** how long the table is left alone between two reads, however much is written (ms): with and without listeners */
const SPACING_MS = { heard: 3, unheard: 100 };
/** covers a lost wake-up */
const POLL_MS = 1_000;
/** while a number is missing */
const GAP_POLL_MS = 5;
/** how often sessions are looked for that ended without an event: they expired */
const SWEEP_MS = 30_000;

/** Reads the event table for this process and hands every event to the streams of those who may know. */
export class LiveHub {
  readonly #reader = new EventReader();
  readonly #listeners = new Listeners();
  readonly #pump = new Pump(
    () => this.#turn(),
    () => (this.#listeners.isEmpty ? SPACING_MS.unheard : SPACING_MS.heard),
  );
  readonly #board = new SignalBoard((signals) => {
    this.#deliverSignals(signals);
    this.#peers.signal(signals);
  });
  readonly #peers = new Peers({
    onWake: () => this.#pump.wake(),
    onSignals: (signals) => this.#deliverSignals(signals),
  });
  readonly #sweeper = setInterval(() => void this.#sweep(), SWEEP_MS).unref();
  /** read, but not handed out yet */
  #pending: StoredEvent[] = [];
  /** the newest event that was handed out; null until the reader has found where to begin */
  #position: number | null = null;
  #waiting: (() => void)[] = [];
  #closed = false;

  constructor() {
    wakeHub.register(() => {
      this.#pump.wake();
      this.#peers.wake();
    });
    carrySignals((signal) => this.#board.add(signal));
    this.#pump.wake();
    void this.#peers.start();
  }

  /** The id up to which every event has been handed out. Rejects with a `StreamInterrupted` once closed. */
  async position(): Promise<number> {
    if (this.#position === null && !this.#closed) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#closed || this.#position === null) throw new StreamInterrupted('stopping');
    return this.#position;
  }

  get readerCount(): number {
    return [...this.#listeners.streams()].length;
  }

  /** Whether the account has a stream here, in whatever face. */
  hears(accountId: number): boolean {
    for (const _ of this.#listeners.streams(accountId)) return true;
    return false;
  }

  /** Hands the sink what the actor may know, from after an event on or from now on. Returns what ends it. */
  attach(actor: Actor, sink: Sink, after?: number): () => void {
    const stream = new Stream(actor, after ?? 0, sink, (ended) => this.#listeners.leave(ended));
    this.#open(stream, after ?? this.#position).catch((error: Error) => stream.end(error));
    return () => stream.end(null);
  }

  /** Ends every stream so that its reader may come back, and stops. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    wakeHub.register(() => {});
    carrySignals(() => {});
    clearInterval(this.#sweeper);
    this.#board.clear();
    for (const resolve of this.#waiting.splice(0)) resolve();
    for (const stream of this.#listeners.streams()) stream.end(new StreamInterrupted('stopping'));
    await Promise.all([this.#pump.stop(), this.#peers.close()]);
  }

  async #open(stream: Stream, after: number | null): Promise<void> {
    const { accountId } = stream.actor;
    const start = after ?? (await this.position());
    if (stream.ended) return;
    await this.#listeners.enter(stream);
    // From here on the stream is offered what is handed out, so the backlog ends here, and an ending session is seen.
    const until = await this.position();
    if (!(await unscopedSignedIn([stream.actor])).has(stream.actor)) throw sessionEnded();
    const scope = { accountId, conversationIds: this.#listeners.conversationsOf(accountId) };
    for await (const page of backlog(scope, start, until)) {
      const visible = page.filter((addressed) => this.#mayReplay(accountId, addressed));
      await stream.replay(visible.map(({ delivery }) => delivery));
      if (stream.ended) return;
    }
    stream.release(until);
  }

  /** One look at the table; answers when to look again without being woken (ms). */
  async #turn(): Promise<number> {
    if (this.#position === null) await this.#begin();
    if (this.#pending.length > 0) await this.#handOut();
    const { events, again } = await this.#reader.read();
    this.#pending = events;
    await this.#handOut();
    if (again === 'at once') return 0;
    return again === 'soon' ? GAP_POLL_MS : POLL_MS;
  }

  async #begin(): Promise<void> {
    await this.#reader.start(async () => {
      await delay(GAP_POLL_MS);
      if (this.#closed) throw new StreamInterrupted('stopping');
    });
    this.#position = this.#reader.position;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Everything is loaded before the first stream is offered anything, so failing half-way means having done nothing. */
  async #handOut(): Promise<void> {
    const events = this.#pending;
    if (this.#listeners.isEmpty) {
      for (const { event } of events) if (event) this.#follow(event);
    } else if (events.length > 0) {
      await this.#deliverEvents(events);
    }
    this.#pending = [];
    this.#position = this.#reader.position;
  }

  async #deliverEvents(events: readonly StoredEvent[]): Promise<void> {
    const [addressed, changes] = await Promise.all([
      loadDeliveries(events),
      this.#listeners.changesBy(events.flatMap(({ event }) => event ?? [])),
    ]);
    if (!addressed) return this.#startAnew(events);
    for (const { audience, delivery } of addressed) {
      const { id, event } = delivery;
      this.#listeners.apply(event, changes);
      for (const stream of this.#listeners.audience(audience, oldestSeq(delivery))) stream.offer(delivery);
      this.#listeners.forgetGone(event, changes);
      this.#follow(event);
      this.#position = id;
    }
  }

  /** After events that can't be delivered: every reader loads everything, and comes back with what it may hear. */
  #startAnew(events: readonly StoredEvent[]): void {
    for (const { event } of events) if (event) this.#follow(event);
    this.#deliverToAll(reset(this.#reader.position).delivery);
    for (const stream of this.#listeners.streams()) stream.end(new StreamInterrupted('lost_track'));
  }

  #deliverSignals(signals: readonly Signal[]): void {
    for (const signal of signals) {
      const delivery: Delivery = {
        kind: 'signal',
        signal,
        after: this.#position ?? 0,
        frame: frameCache(),
      };
      if (signal.type === 'presence') this.#deliverToAll(delivery);
      else {
        for (const stream of this.#listeners.audience({ conversationId: signal.conversationId })) {
          if (stream.actor.accountId !== signal.accountId) stream.offer(delivery);
        }
      }
    }
  }

  #deliverToAll(delivery: Delivery): void {
    for (const stream of this.#listeners.streams()) stream.offer(delivery);
  }

  /** What an event means to this process itself, whether or not anybody listens. */
  #follow(event: DomainEvent): void {
    forgetOutdated(event);
    this.#endRights(event);
  }

  /** Ends the streams of those who may not listen any more. */
  #endRights(event: DomainEvent): void {
    if (event.type === 'account_deleted') {
      for (const stream of this.#listeners.streams(event.accountId)) stream.end(sessionEnded());
    }
    if (event.type === 'session_ended') {
      for (const stream of this.#listeners.streams(event.accountId)) {
        const { sessionId } = stream.actor;
        const isOver = sessionId === null ? event.tokens : event.sessionIds.includes(sessionId);
        if (isOver) stream.end(sessionEnded());
      }
    }
  }

  async #sweep(): Promise<void> {
    const streams = [...this.#listeners.streams()];
    if (streams.length === 0) return;
    try {
      const signedIn = await unscopedSignedIn(streams.map(({ actor }) => actor));
      for (const stream of streams) if (!signedIn.has(stream.actor)) stream.end(sessionEnded());
    } catch (error) {
      // The next sweep looks again.
      log.debug({ err: error }, 'could not look for expired sessions');
    }
  }

  /** What the account may see of its backlog, by the memberships it has now. */
  #mayReplay(accountId: number, { audience, delivery }: Addressed<Delivery>): boolean {
    if (audience === 'everyone' || 'accountIds' in audience || delivery.kind !== 'event') return true;
    const historyStart = this.#listeners.historyStart(audience.conversationId, accountId);
    return historyStart !== null && oldestSeq(delivery) > historyStart;
  }
}

function sessionEnded(): Refusal {
  return new Refusal('unauthenticated', 'session_ended');
}
