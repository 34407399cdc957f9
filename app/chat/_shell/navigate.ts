'use client';

import { HOME, LIST } from '#app/chat/_shell/place.ts';

/** Next keeps its own facts in the history state; ours sits beside them. */
type Entry = {
  parley?: {
    /** the address of the entry below, if it is one of the app's */
    over?: string;
  };
} | null;

let shown: string | null = null;

/**
 * Tells the full address of what is on the page. Home shows a different conversation tomorrow, so on the way out of
 * it its entry takes the name of the one it showed: Back then leads there.
 */
export function nameShown(href: string | null): void {
  shown = href;
}

/**
 * Goes to an address of the app without asking the server: the page has everything already. Next's router follows
 * `pushState`, so back, forward and `usePathname` work as for any link.
 */
export function navigate(href: string, { replace = false }: { replace?: boolean } = {}): void {
  const here = location.pathname + location.search;
  if (href === here) return;
  if (location.pathname === HOME && shown) nameEntry(shown);
  const over = replace ? entryBelow() : location.pathname + location.search;
  const state: Entry = { parley: { over } };
  if (replace) history.replaceState(state, '', href);
  else history.pushState(state, '', href);
}

/** Gives the current entry another address: what is shown stays what it is. */
function nameEntry(href: string): void {
  history.replaceState({ parley: { over: entryBelow() } } satisfies Entry, '', href);
}

/** Back to the list: the system's own way back if the list is where we came from, else a step to it. */
export function backToList(): void {
  if (entryBelow() === LIST) history.back();
  else navigate(LIST);
}

/** Leaves what lies over a page: the system's own way back if the page is where we came from, else in its place. */
export function backTo(href: string): void {
  if (entryBelow() === href) history.back();
  else navigate(href, { replace: true });
}

/** Puts the list below the first page of a visit, so that the system's Back leads to it and not out of the app. */
export function putListBelow(): void {
  const entry = history.state as Entry;
  if (entry?.parley || location.pathname === LIST) return;
  const href = location.pathname + location.search;
  history.replaceState({ parley: {} } satisfies Entry, '', LIST);
  history.pushState({ parley: { over: LIST } } satisfies Entry, '', href);
}

function entryBelow(): string | undefined {
  return (history.state as Entry)?.parley?.over;
}
