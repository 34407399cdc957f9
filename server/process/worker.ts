import cluster from 'node:cluster';

/** Whether this process brings the database into shape when it starts: alone it does, of several workers the first. */
export function isFirstProcess(): boolean {
  return !cluster.isWorker || cluster.worker?.id === 1;
}

/** A worker whose primary was killed has nobody to start it again and keeps a port that the next start needs. */
export function stopWithPrimary(): void {
  if (cluster.isWorker) process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
