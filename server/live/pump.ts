import { log } from '#server/platform/log';

const RETRY_MS = { first: 100, most: 1_000 };

/**
 * Runs `turn` whenever it is woken: at once when idle, otherwise as soon as the turn before has ended and began at
 * least `spacing` milliseconds ago. `turn` answers after how many milliseconds it wants to run in any case. One that
 * fails is tried again, more and more slowly; waking doesn't hurry it then.
 */
export class Pump {
  readonly #turn: () => Promise<number>;
  readonly #spacing: () => number;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #notBefore = 0;
  #running: Promise<void> | null = null;
  #woken = false;
  #failures = 0;
  #stopped = false;

  constructor(turn: () => Promise<number>, spacing: () => number) {
    this.#turn = turn;
    this.#spacing = spacing;
  }

  wake(): void {
    if (this.#running) this.#woken = true;
    else this.#runAt(Math.max(performance.now(), this.#notBefore));
  }

  /** Resolves when the turn under way, if any, has ended. No other begins. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #runAt(time: number): void {
    if (this.#stopped || time >= this.#dueAt) return;
    clearTimeout(this.#timer);
    const wait = time - performance.now();
    if (wait > 0) {
      this.#dueAt = time;
      this.#timer = setTimeout(() => this.#run(), wait).unref();
    } else this.#run();
  }

  #run(): void {
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.#woken = false;
    this.#notBefore = performance.now() + this.#spacing();
    this.#running = this.#tryTurn().then((wait) => {
      this.#running = null;
      this.#runAt(this.#woken ? this.#notBefore : Math.max(performance.now() + wait, this.#notBefore));
    });
  }

  async #tryTurn(): Promise<number> {
    try {
      const wait = await this.#turn();
      if (this.#failures > 0) log.info('live delivery goes on');
      this.#failures = 0;
      return wait;
    } catch (error) {
      if (this.#failures === 0) log.warn({ err: error }, 'live delivery is interrupted');
      const wait = Math.min(RETRY_MS.first * 2 ** this.#failures++, RETRY_MS.most);
      this.#notBefore = performance.now() + wait;
      return wait;
    }
  }
}
