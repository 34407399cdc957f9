'use client';

import { useEffect } from 'react';
import { useActions, useLiveState } from '#app/_live/hooks.ts';
import type { Message } from '#app/_live/model.ts';
import { findById } from '#app/_live/timeline-window.ts';

/** A message by id, asked for if it is not loaded; undefined while it is on its way, null if there is none for me. */
export function useMessage(conversationId: number, messageId: number): Message | null | undefined {
  const { loadQuoted } = useActions();
  const message = useLiveState((state): Message | null | undefined => {
    const shown = findById(state.timelines.get(conversationId)?.messages ?? [], messageId);
    return shown ?? state.quoted.get(messageId);
  });
  useEffect(() => {
    if (message === undefined) void loadQuoted(messageId);
  }, [message, messageId, loadQuoted]);
  return message;
}
