'use client';

import { useNotifications } from '#app/chat/_shell/attention/use-notifications.ts';
import { usePresenceReport } from '#app/chat/_shell/attention/use-presence-report.ts';
import { useServiceWorker } from '#app/chat/_shell/attention/use-service-worker.ts';
import { useTextZoom } from '#app/chat/_shell/keyboard/use-text-zoom.ts';

/** What the page does for its person without showing anything: it calls, says who is here, listens to the wheel. */
export function Background() {
  useNotifications();
  usePresenceReport();
  useServiceWorker();
  useTextZoom();
  return null;
}
