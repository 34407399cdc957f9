import type { Signal } from '#server/domain/kernel/events';
import { carrySignals } from '#server/domain/kernel/signals';

/** The signals that a command sends. Nothing else may run meanwhile. */
export async function signalsOf(command: () => Promise<unknown>): Promise<Signal[]> {
  const signals: Signal[] = [];
  carrySignals((signal) => signals.push(signal));
  try {
    await command();
  } finally {
    carrySignals(() => {});
  }
  return signals;
}
