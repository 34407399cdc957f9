'use client';

import { useSyncExternalStore } from 'react';
import { type Appearance, appearanceCookie, appearanceFromCookie } from '#app/_ui/appearance.ts';

const listeners = new Set<() => void>();
const usual = appearanceFromCookie(undefined);
let current: Appearance | null = null;

function read(): Appearance {
  const { theme, fontSize } = document.documentElement.dataset;
  current ??= appearanceFromCookie(`${theme}.${fontSize}`);
  return current;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Shows the page differently from now on, and every page of this browser after it. */
export function setAppearance(next: Appearance): void {
  current = next;
  document.documentElement.dataset.theme = next.theme;
  document.documentElement.dataset.fontSize = String(next.fontSize);
  document.cookie = appearanceCookie(next);
  for (const listener of listeners) listener();
}

export function changeFontSize(change: (pixels: number) => number): void {
  const now = read();
  setAppearance({ ...now, fontSize: change(now.fontSize) });
}

/** How this browser shows the app. */
export function useAppearance(): [Appearance, (next: Appearance) => void] {
  return [useSyncExternalStore(subscribe, read, () => usual), setAppearance];
}
