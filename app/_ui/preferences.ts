'use client';

import { useSyncExternalStore } from 'react';

/** What people choose for this browser. The keys are also those that localStorage keeps them under. */
export type Preferences = {
  /** Enter sends and Shift+Enter breaks the line; off, Ctrl+Enter sends */
  enterToSend: boolean;
  /** no sounds */
  notifMuted: boolean;
  /** notifications of the system */
  nativeNotifEnabled: boolean;
  /** i, j, k, g g, G, /, o, v … outside of text fields */
  letterKeys: boolean;
};

export type Preference = keyof Preferences;

const defaults: Preferences = {
  enterToSend: true,
  notifMuted: false,
  nativeNotifEnabled: true,
  letterKeys: false,
};

const listeners = new Set<() => void>();

/** The current choice; the default where nothing was chosen or storage is refused. */
export function preference(key: Preference): boolean {
  try {
    const stored = localStorage.getItem(key);
    return stored === null ? defaults[key] : stored === 'true';
  } catch {
    return defaults[key];
  }
}

export function setPreference(key: Preference, value: boolean): void {
  try {
    localStorage.setItem(key, String(value));
  } catch {
    // A browser that keeps nothing goes on with the default.
  }
  for (const listener of listeners) listener();
}

/** The current choice, also when another tab changes it. */
export function usePreference(key: Preference): boolean {
  return useSyncExternalStore(
    subscribe,
    () => preference(key),
    () => defaults[key],
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}
