// main.ts and Next's bundle are two module graphs in one process: what must exist once lives on globalThis.
const place = globalThis as { [key: symbol]: Map<string, unknown> | undefined };
const key = Symbol.for('parley.process');
const shelf = place[key] ?? new Map<string, unknown>();
place[key] = shelf;

/** The process's one value of that name, made at the first call. */
export function processSingleton<T>(name: string, make: () => T): T {
  if (!shelf.has(name)) shelf.set(name, make());
  return shelf.get(name) as T;
}
