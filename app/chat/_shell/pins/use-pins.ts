'use client';

import { useEffect, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { useLiveState } from '#app/_live/hooks.ts';
import type { Message } from '#app/_live/model.ts';

type Answer = { conversationId: number; pins: readonly Message[] };

/** What is pinned, the latest pin first; asked for again whenever something pinned changes. Null until it is here. */
export function usePins(conversationId: number): { pins: readonly Message[] | null; hasFailed: boolean } {
  const news = useLiveState((state) => state.pinNews);
  const connection = useLiveState((state) => state.connection);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [hasFailed, setFailed] = useState(false);

  useEffect(() => {
    // `news` and `connection` are reasons to ask again; below zero there is none
    if (news < 0 || connection === 'offline') return;
    let isCurrent = true;
    trpc.pins.list.query({ conversationId }).then(
      (pins) => {
        if (!isCurrent) return;
        setAnswer({ conversationId, pins });
        setFailed(false);
      },
      () => isCurrent && setFailed(true),
    );
    return () => {
      isCurrent = false;
    };
  }, [conversationId, news, connection]);

  return { pins: answer?.conversationId === conversationId ? answer.pins : null, hasFailed };
}
