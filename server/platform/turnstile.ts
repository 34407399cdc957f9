/** The line in front of a turnstile is full. */
export class TurnedAway extends Error {
  override readonly name = 'TurnedAway';
}

/**
 * Lets at most `width` pieces of work run at once and `line` more wait their turn, first come first served; whoever
 * comes after that is rejected with `TurnedAway`.
 */
export class Turnstile {
  readonly #width: number;
  readonly #line: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor({ width, line }: { width: number; line: number }) {
    this.#width = width;
    this.#line = line;
  }

  get idle(): boolean {
    return this.#running === 0 && this.#waiting.length === 0;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#width) {
      this.#running++;
      return;
    }
    if (this.#waiting.length >= this.#line) throw new TurnedAway('too much at once');
    await new Promise<void>((proceed) => this.#waiting.push(proceed));
  }

  /** Whoever is next takes the place over, so nobody can slip in between. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running--;
  }
}

/** A turnstile for each key, for as long as it is in use. */
export class Turnstiles<Key> {
  readonly #size: { width: number; line: number };
  readonly #byKey = new Map<Key, Turnstile>();

  constructor(size: { width: number; line: number }) {
    this.#size = size;
  }

  async run<T>(key: Key, work: () => Promise<T>): Promise<T> {
    const turnstile = this.#byKey.get(key) ?? new Turnstile(this.#size);
    this.#byKey.set(key, turnstile);
    try {
      return await turnstile.run(work);
    } finally {
      if (turnstile.idle) this.#byKey.delete(key);
    }
  }
}
