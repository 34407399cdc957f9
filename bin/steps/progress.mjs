/** A step that takes longer says that it has begun. */
const LONG_MS = 700;

/**
 * Runs one step and prints a line when it is done.
 * @param {string} name
 * @param {() => string | Promise<string>} work resolves with what the line says
 */
export async function step(name, work) {
  const began = performance.now();
  const hint = setTimeout(() => console.log(`  … ${name}`), LONG_MS);
  try {
    const said = await work();
    const ms = performance.now() - began;
    console.log(`  ✓ ${name}: ${said}${ms < 50 ? '' : ` (${(ms / 1000).toFixed(1)} s)`}`);
  } finally {
    clearTimeout(hint);
  }
}

/**
 * Ends the process with a message for people; with the stack only when nobody foresaw the error.
 * @param {unknown} error
 * @returns {never}
 */
export function fail(error) {
  const foreseen = error instanceof Error && error.constructor === Error;
  console.error(`\nParley cannot start.\n${foreseen ? error.message : (error?.stack ?? error)}\n`);
  process.exit(1);
}
