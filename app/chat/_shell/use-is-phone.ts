'use client';

import { useSyncExternalStore } from 'react';

const PHONE = '(width < 48rem)';

/** Whether the page shows one place at a time. The server cannot know and says no; styles do what it cannot. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(subscribe, isPhone, () => false);
}

export function isPhone(): boolean {
  return window.matchMedia(PHONE).matches;
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(PHONE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
