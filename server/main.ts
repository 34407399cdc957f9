// The process: one HTTP server that hands each request to whoever answers it, and the work in the background.
// Expects DATABASE_URL to be a migrated database; bin/start.mjs and bin/dev.mjs see to that.
import type { IncomingMessage } from 'node:http';
import { ensureInitialUser } from '#server/domain/accounts/initial-user';
import { syncPublicChannels } from '#server/domain/channels/sync-public-channels';
import { everybodyOffline } from '#server/domain/presence/everybody-offline';
import { refuseUnsafeMode } from '#server/domain/sign-in/auth-mode';
import { startMailer } from '#server/jobs/mail/mailer';
import { startJobs } from '#server/jobs/start-jobs';
import { startHub } from '#server/live/hub';
import { onShutdown } from '#server/platform/closers';
import { pool } from '#server/platform/database';
import { env } from '#server/platform/env';
import { log } from '#server/platform/log';
import { PROJECT_ROOT } from '#server/platform/project-root';
import { createDispatcher } from '#server/process/dispatch';
import { createHttpServer, listen } from '#server/process/http-server';
import { InFlight } from '#server/process/in-flight';
import { observed } from '#server/process/observe';
import { openPages } from '#server/process/pages';
import { stopOnSignals } from '#server/process/shutdown';
import { openStaticFiles } from '#server/process/static-files';
import { isFirstProcess, stopWithPrimary } from '#server/process/worker';

const { NODE_ENV, HOST, PORT, METRICS_PORT } = env();
const dev = NODE_ENV === 'development';

refuseUnsafeMode();
stopOnSignals();
stopWithPrimary();
onShutdown('database connections', () => pool.end());

if (isFirstProcess()) {
  await syncPublicChannels();
  await ensureInitialUser();
  await everybodyOffline();
}
onShutdown('live delivery', startHub());
onShutdown('jobs', startJobs());
onShutdown('mail', startMailer());

const server = createHttpServer();
const pages = await openPages(PROJECT_ROOT, server);
onShutdown('pages', () => pages.close());

const doors = new WeakMap<IncomingMessage, string>();
const inFlight = new InFlight();
const dispatch = createDispatcher({
  pages,
  files: dev ? null : openStaticFiles(PROJECT_ROOT),
  onDoor: (req, door) => doors.set(req, door),
});
server.on('request', observed(dispatch, inFlight, doors));
// Next's socket in development. Without a listener Node answers an offer to upgrade as the plain request it also is,
// as HTTP wants it: some clients (Java's own) offer HTTP/2 with every request.
if (dev) {
  server.on('upgrade', (req, socket, head) => {
    if (req.url?.startsWith('/_next/')) void pages.upgrade(req, socket, head);
    else socket.destroy();
  });
}
onShutdown('requests', () => inFlight.drain(server));

if (METRICS_PORT !== undefined) {
  const { serveMetrics } = await import('#server/process/metrics-server');
  await serveMetrics(HOST, METRICS_PORT);
}
const port = await listen(server, HOST, PORT);

/** where it answers, for whoever started it */
export const address = `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${port}`;
log.info({ address, pid: process.pid }, 'listening');
