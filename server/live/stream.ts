import type { Actor } from '#server/domain/kernel/actor';
import type { Delivery } from '#server/live/delivery';

/** How many deliveries may wait while a stream is still being handed its backlog. */
const HELD_LIMIT = 2_000;

/** Where deliveries go: a socket, a queue. */
export type Sink = {
  /** Takes one; false when it can't keep up, which interrupts the stream. */
  deliver(delivery: Delivery): boolean;
  /** Resolves when it can take many more; asked between the pages of a backlog. */
  ready?(): Promise<void>;
  /**
   * The last thing it hears. A `StreamInterrupted`: the reader may come back and resume; a `Refusal`: its right is
   * gone; another error: a bug.
   */
  end(error: Error): void;
};

/**
 * Why a stream ended although its reader may still read. Named like an abort, so that whoever iterates closes the
 * connection without a word: browsers then come back by themselves, with the id of the last event they got.
 */
export class StreamInterrupted extends Error {
  override readonly name = 'AbortError';

  constructor(readonly why: 'too_slow' | 'stopping' | 'lost_track') {
    super(`the stream was interrupted: ${why}`);
  }
}

/** Two module graphs of one process hold a copy of the class each, so `instanceof` would miss the other's. */
export function isInterruption(error: unknown): error is StreamInterrupted {
  return error instanceof Error && error.name === 'AbortError' && 'why' in error;
}

/** One reader's place in the hub: what is delivered waits here until the backlog before it has been handed out. */
export class Stream {
  #held: Delivery[] | null = [];
  #ended = false;
  #last: number;

  /** `after`: the newest event the reader has. */
  constructor(
    readonly actor: Actor,
    after: number,
    private readonly sink: Sink,
    private readonly onEnd: (stream: Stream) => void,
  ) {
    this.#last = after;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Something new, from the hub. */
  offer(delivery: Delivery): void {
    if (!this.#held) this.#pass(delivery);
    else if (this.#held.push(delivery) > HELD_LIMIT) this.end(new StreamInterrupted('too_slow'));
  }

  /** Something from the time before the stream. Resolves when the sink can take many more. */
  async replay(deliveries: readonly Delivery[]): Promise<void> {
    for (const delivery of deliveries) this.#pass(delivery);
    if (!this.#ended) await this.sink.ready?.();
  }

  /** The backlog is over, and contained everything up to this event: what waited follows, then whatever is offered. */
  release(upTo: number): void {
    this.#last = Math.max(this.#last, upTo);
    const held = this.#held ?? [];
    this.#held = null;
    for (const delivery of held) this.#pass(delivery);
  }

  /** Ends the stream, once, and tells the sink why; null: its reader left. */
  end(error: Error | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#held = null;
    this.onEnd(this);
    if (error) this.sink.end(error);
  }

  #pass(delivery: Delivery): void {
    if (this.#ended) return;
    if (delivery.kind === 'event' && delivery.id <= this.#last) return;
    if (delivery.kind !== 'signal') this.#last = delivery.id;
    if (!this.sink.deliver(delivery)) this.end(new StreamInterrupted('too_slow'));
  }
}
