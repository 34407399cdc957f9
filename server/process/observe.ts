import type { IncomingMessage, RequestListener } from 'node:http';
import { env } from '#server/platform/env';
import { log } from '#server/platform/log';
import { type InFlight, isEventStream } from '#server/process/in-flight';
import { purify, REQUEST_ID } from '#server/process/incoming';
import { setSecurityHeaders } from '#server/process/security-headers';

const SLOW_MS = 1_000;

/** Where a request was answered; told by the dispatcher. */
export type DoorBook = WeakMap<IncomingMessage, string>;

/**
 * Everything that happens to every request, whoever answers it: trustworthy headers, an id, the security headers,
 * the log line and the metrics.
 */
export function observed(dispatch: RequestListener, inFlight: InFlight, doors: DoorBook): RequestListener {
  // loaded only where somebody reads them
  const counters = env().METRICS_PORT === undefined ? null : import('#server/platform/metrics');
  return (req, res) => {
    const began = performance.now();
    const method = req.method ?? '';
    const path = (req.url ?? '').split('?', 1)[0] ?? '';
    purify(req);
    const requestId = req.headers[REQUEST_ID] as string;
    res.setHeader(REQUEST_ID, requestId);
    setSecurityHeaders(req, res);
    inFlight.add(res);
    res.once('close', () => {
      inFlight.delete(res);
      const ms = Math.round((performance.now() - began) * 10) / 10;
      const status = res.writableFinished ? res.statusCode : 499;
      const streamed = isEventStream(res);
      const level = status >= 500 ? 'warn' : ms > SLOW_MS && !streamed ? 'info' : 'debug';
      log[level]({ requestId, method, path, status, ms }, 'request');
      void counters?.then(({ metrics }) => {
        const door = doors.get(req) ?? 'none';
        metrics.requests.inc({ door, method, status });
        if (!streamed) metrics.duration.observe({ door }, ms / 1_000);
      });
    });
    dispatch(req, res);
  };
}
