'use client';

import { useCallback } from 'react';
import { useMe } from '#app/_live/hooks.ts';
import { conversationPath } from '#app/_live/places.ts';
import { backTo } from '#app/chat/_shell/navigate.ts';
import { type SidePanelKind, useShell } from '#app/chat/_shell/shell-state.tsx';
import { useHere } from '#app/chat/_shell/use-place.tsx';

/** What stands beside the conversation. A thread has an address, and goes before anything else. */
export function usePanel() {
  const me = useMe();
  const { panel, setPanel } = useShell();
  const { conversation, threadId } = useHere();
  const home = conversation && threadId !== null ? conversationPath(conversation, me.id) : null;
  /** shows another panel, or none */
  const show = useCallback(
    (next: SidePanelKind | null) => {
      setPanel(next);
      if (home) backTo(home);
    },
    [setPanel, home],
  );
  return { panel: threadId === null ? panel : ('thread' as const), show };
}
