/** Latencies of one window, in milliseconds. */
export type Summary = { count: number; p50: number; p99: number; max: number };

export function summarize(latencies: number[]): Summary {
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: round(sorted.at(-1) ?? 0) };
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
