'use client';

import { useSyncExternalStore } from 'react';

const subscribe = () => () => {};

/**
 * False in the server's HTML and while it is taken over, true from then on. For widgets whose HTML would carry style
 * attributes, which the content security policy refuses; set by script they are fine.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}
