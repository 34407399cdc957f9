'use client';

import { useEffect } from 'react';
import { useLive } from '#app/_live/hooks.ts';
import { conversationPath } from '#app/_live/places.ts';
import { usePreference } from '#app/_ui/preferences.ts';
import { type Command, commandOf } from '#app/chat/_shell/keyboard/shortcuts.ts';
import { selectedArticle, walkArticles } from '#app/chat/_shell/keyboard/walk-articles.ts';
import { navigate } from '#app/chat/_shell/navigate.ts';
import { usePanel } from '#app/chat/_shell/panel/use-panel.ts';
import { conversationAt, placeOf } from '#app/chat/_shell/place.ts';
import { SEARCH_FIELD_ID } from '#app/chat/_shell/search/search-field.tsx';
import { useShell } from '#app/chat/_shell/shell-state.tsx';
import { inOrder, neighbour, sectionsOf } from '#app/chat/_shell/sidebar/sections.ts';
import { useHere } from '#app/chat/_shell/use-place.tsx';

/** The second `g` of "g g" comes within this. */
const DOUBLE_MS = 500;
const SCROLL_PX = 200;

/** The keys that work everywhere in the app. Dialogs keep theirs to themselves. */
export function ShortcutKeys() {
  const { store, actions } = useLive();
  const { conversation } = useHere();
  const { openDialog } = useShell();
  const { panel, show } = usePanel();
  const isPanelOpen = panel !== null;
  const letterKeys = usePreference('letterKeys');
  const openId = conversation?.id ?? null;

  useEffect(() => {
    let gAt = Number.NEGATIVE_INFINITY;

    const go = (step: 1 | -1, onlyUnread: boolean) => {
      const { conversations, me } = store.get();
      // by the address and not by what is drawn: a key that is held down is faster than the page
      const place = placeOf(location.pathname);
      const here = place && conversationAt(place, conversations.values(), { id: me.id, last: openId });
      const hereId = here?.id ?? null;
      const list = inOrder(sectionsOf(conversations.values(), hereId));
      const next = neighbour(list, hereId, step, onlyUnread);
      if (next) navigate(conversationPath(next, me.id));
    };
    const run: Record<Command, () => void> = {
      palette: () => openDialog({ kind: 'palette' }),
      help: () => openDialog({ kind: 'help' }),
      'new-direct': () => openDialog({ kind: 'new-direct' }),
      search: () => document.getElementById(SEARCH_FIELD_ID)?.focus(),
      write: () => {
        const beside = document.activeElement?.closest('aside')?.querySelector('textarea');
        (beside ?? document.querySelector<HTMLElement>('main textarea'))?.focus();
      },
      next: () => go(1, false),
      previous: () => go(-1, false),
      'next-unread': () => go(1, true),
      'previous-unread': () => go(-1, true),
      'scroll-down': () => walkArticles(1) || scrollLog(SCROLL_PX),
      'scroll-up': () => walkArticles(-1) || scrollLog(-SCROLL_PX),
      'scroll-further-down': () => scrollLog(2 * SCROLL_PX),
      'scroll-further-up': () => scrollLog(-2 * SCROLL_PX),
      top: () => scrollLog(Number.NEGATIVE_INFINITY),
      bottom: () => {
        if (openId !== null) void actions.showLatest(openId);
        scrollLog(Number.POSITIVE_INFINITY);
      },
      select: () => walkArticles('newest'),
      'leave-selection': () => selectedArticle()?.blur(),
    };

    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isModalOpen()) return;
      const command = commandOf(event, {
        isTyping: isTextField(event.target),
        isSelecting: selectedArticle() !== null,
        letterKeys,
        afterG: event.timeStamp - gAt < DOUBLE_MS,
      });
      if (event.key === 'g') gAt = event.timeStamp;
      if (command) {
        event.preventDefault();
        run[command]();
      } else if (event.key === 'Escape' && isPanelOpen && document.activeElement === document.body) {
        // what had the focus is gone: whoever presses Escape means what lies on top
        show(null);
      } else if (event.key === 'Escape' && openId !== null) {
        if (isTextField(event.target)) (event.target as HTMLElement).blur();
        actions.markRead(openId);
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [store, actions, openId, letterKeys, openDialog, isPanelOpen, show]);

  return null;
}

function isModalOpen(): boolean {
  return (
    document.querySelector('[role="dialog"][data-open], [role="alertdialog"][data-open], [role="menu"]') !==
    null
  );
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  ) {
    return true;
  }
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'file'].includes(target.type);
}

function scrollLog(pixels: number): void {
  const log = document.querySelector('[role="log"]');
  if (!log) return;
  if (Number.isFinite(pixels)) log.scrollBy({ top: pixels, behavior: 'smooth' });
  else log.scrollTo({ top: pixels > 0 ? log.scrollHeight : 0 });
}
