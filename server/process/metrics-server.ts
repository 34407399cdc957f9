import { createServer } from 'node:http';
import { readerCount } from '#server/live/hub';
import { onShutdown } from '#server/platform/closers';
import { metrics } from '#server/platform/metrics';
import { listen } from '#server/process/http-server';

/** Serves Prometheus on a port of its own, which nobody outside needs to reach. */
export async function serveMetrics(host: string, port: number): Promise<void> {
  const server = createServer(async (req, res) => {
    if (req.url !== '/metrics') {
      res.writeHead(404).end();
      return;
    }
    metrics.streams.set(readerCount());
    res.writeHead(200, { 'content-type': metrics.registry.contentType });
    res.end(await metrics.registry.metrics());
  });
  await listen(server, host, port);
  onShutdown('metrics', () => {
    server.close();
    server.closeAllConnections();
  });
}
