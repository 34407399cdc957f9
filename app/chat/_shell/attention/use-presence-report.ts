'use client';

import { useEffect } from 'react';
import { trpc } from '#app/_live/client.ts';
import type { PresenceState } from '#app/_live/model.ts';

const IDLE_AFTER_MS = 5 * 60_000;
const CHECK_EVERY_MS = 5_000;
const REPEAT_EVERY_MS = 30_000;
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Tells the server whether somebody is here: active on load and on input, idle after five minutes without any,
 * hidden with the tab, offline when the page goes. The state is repeated, or the server would forget it.
 */
export function usePresenceReport(): void {
  useEffect(() => {
    let state: PresenceState = 'offline';
    let reportedAt = 0;
    let lastSign = Date.now();

    const report = (next: PresenceState) => {
      state = next;
      reportedAt = Date.now();
      // The next report repeats it anyway.
      trpc.presence.report.mutate({ state }).catch(() => {});
    };
    /** for moments when the page may be gone before a request is out */
    const reportOnTheWayOut = (next: PresenceState) => {
      state = next;
      reportedAt = Date.now();
      const body = new Blob([JSON.stringify({ state })], { type: 'application/json' });
      navigator.sendBeacon('/presence', body);
    };
    const sign = () => {
      lastSign = Date.now();
      if (state !== 'active' && !document.hidden) report('active');
    };
    const check = () => {
      if (state === 'active' && Date.now() - lastSign >= IDLE_AFTER_MS) report('idle');
      else if (state !== 'offline' && Date.now() - reportedAt >= REPEAT_EVERY_MS) report(state);
    };
    const onVisibility = () => {
      if (!document.hidden) sign();
      // A page that closes is hidden after it has said that it goes.
      else if (state !== 'offline') reportOnTheWayOut('hidden');
    };
    const onHide = () => reportOnTheWayOut('offline');

    const listening = new AbortController();
    const { signal } = listening;
    for (const type of SIGNS_OF_LIFE) window.addEventListener(type, sign, { signal, passive: true });
    document.addEventListener('visibilitychange', onVisibility, { signal });
    window.addEventListener('pagehide', onHide, { signal });
    window.addEventListener('pageshow', sign, { signal });
    const timer = setInterval(check, CHECK_EVERY_MS);
    report(document.hidden ? 'hidden' : 'active');
    return () => {
      clearInterval(timer);
      listening.abort();
    };
  }, []);
}
