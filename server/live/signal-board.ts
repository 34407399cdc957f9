import type { Signal } from '#server/domain/kernel/events';

const WINDOW_MS = 20;

/**
 * Collects the signals of a moment and hands them on together, only the newest of each kind for each person and
 * place: somebody's keystrokes and flickering presence cost everybody one delivery.
 */
export class SignalBoard {
  readonly #handOn: (signals: Signal[]) => void;
  #signals = new Map<string, Signal>();
  #timer: NodeJS.Timeout | undefined;

  constructor(handOn: (signals: Signal[]) => void) {
    this.#handOn = handOn;
  }

  add(signal: Signal): void {
    const place = signal.type === 'presence' ? '' : signal.conversationId;
    this.#signals.set(`${signal.type} ${signal.accountId} ${place}`, signal);
    this.#timer ??= setTimeout(() => this.#flush(), WINDOW_MS).unref();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#signals.clear();
  }

  #flush(): void {
    this.#timer = undefined;
    const signals = [...this.#signals.values()];
    this.#signals = new Map();
    this.#handOn(signals);
  }
}
