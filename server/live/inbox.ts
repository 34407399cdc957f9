import type { Delivery } from '#server/live/delivery';
import type { Sink } from '#server/live/stream';

const LIMIT = 1_000;
/** a backlog pauses until the reader has taken all but this many */
const LOW_WATER = 50;

/**
 * A sink to iterate over. Holds at most a thousand deliveries for a reader that is slower than they come; `leave` is
 * called when the reader stops iterating.
 */
export class Inbox implements Sink, AsyncIterableIterator<Delivery> {
  #queue: Delivery[] = [];
  #ending: { error: Error | null } | null = null;
  #onChange: (() => void) | null = null;
  #onLow: (() => void) | null = null;

  constructor(private readonly leave: () => void) {}

  deliver(delivery: Delivery): boolean {
    if (this.#queue.length >= LIMIT) return false;
    this.#queue.push(delivery);
    this.#onChange?.();
    return true;
  }

  async ready(): Promise<void> {
    if (this.#queue.length <= LOW_WATER || this.#ending) return;
    await new Promise<void>((resolve) => {
      this.#onLow = resolve;
    });
  }

  end(error: Error): void {
    this.#finish(error);
  }

  async next(): Promise<IteratorResult<Delivery, undefined>> {
    while (this.#queue.length === 0 && !this.#ending) {
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
      this.#onChange = null;
    }
    const delivery = this.#queue.shift();
    if (this.#queue.length <= LOW_WATER) this.#onLow?.();
    if (delivery) return { done: false, value: delivery };
    const error = this.#ending?.error;
    if (!error) return { done: true, value: undefined };
    this.#ending = { error: null };
    throw error;
  }

  async return(): Promise<IteratorResult<Delivery, undefined>> {
    this.#queue = [];
    this.#finish(null);
    this.leave();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Delivery> {
    return this;
  }

  #finish(error: Error | null): void {
    this.#ending ??= { error };
    this.#onChange?.();
    this.#onLow?.();
  }
}
