import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { pool } from '#server/platform/database';
import { processSingleton } from '#server/platform/process-singleton';

/** What Prometheus reads. Other parts add their own gauges to `registry`. */
export const metrics = processSingleton('metrics', () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'parley_database_connections',
    help: 'Connections of the pool by state',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
      this.set({ state: 'awaited' }, pool.waitingCount);
    },
  });
  return {
    registry,
    requests: new Counter({
      name: 'parley_http_requests_total',
      help: 'Requests by door (which part answered), method and status',
      labelNames: ['door', 'method', 'status'],
      registers: [registry],
    }),
    duration: new Histogram({
      name: 'parley_http_request_seconds',
      help: 'Time from the request to the end of its answer; streams excluded',
      labelNames: ['door'],
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
      registers: [registry],
    }),
    streams: new Gauge({
      name: 'parley_open_streams',
      help: 'Event streams being served',
      registers: [registry],
    }),
  };
});
