// main.ts and Next's bundle are two module graphs in one process: what must exist once lives on globalThis.
const shelf = ((globalThis as Record<symbol, unknown>)[Symbol.for('parley.process')] ??= new Map()) as Map<
  string,
  unknown
>;

/** The process's one value of that name, made at the first call. */
export function processSingleton<T>(name: string, make: () => T): T {
  if (!shelf.has(name)) shelf.set(name, make());
  return shelf.get(name) as T;
}
