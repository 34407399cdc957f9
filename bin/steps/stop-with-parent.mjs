const CHECK_MS = 250;

/**
 * npm passes SIGTERM to the shell that it runs a script with, and some shells die of it without passing it on: then
 * this process has another parent all at once, and stops as if it had been told.
 */
export function stopWithParent() {
  if (process.env.npm_lifecycle_event !== 'start') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, CHECK_MS);
  timer.unref();
}
