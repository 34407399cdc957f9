import type { Signal } from '#server/domain/kernel/events';
import { processSingleton } from '#server/platform/process-singleton';

/** How the domain hands signals to the live hub without knowing it: the hub registers where they go. */
const outlet = processSingleton<{ carry: (signal: Signal) => void }>('kernel.signals', () => ({
  carry: () => {},
}));

/** The hub's own registration, once per process. */
export function carrySignals(carry: (signal: Signal) => void): void {
  outlet.carry = carry;
}

/** Passes a fact on to whoever is connected now; it is not stored, and losing one is harmless. */
export function sendSignal(signal: Signal): void {
  outlet.carry(signal);
}
