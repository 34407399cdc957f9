'use client';

import { useEffect, useState } from 'react';
import { useActions, useLiveState } from '#app/_live/hooks.ts';
import type { ThreadView } from '#server/domain/threads/list-threads';

const PAGE = 15;
/** Several replies are one reason to ask again. */
const DEBOUNCE_MS = 150;

export type MyThreads = {
  /** null until they are here */
  threads: readonly ThreadView[] | null;
  hasMore: boolean;
  hasFailed: boolean;
  showMore: () => void;
};

/** The threads I follow, the one with the newest reply first; asked for again with whatever happens in threads. */
export function useMyThreads(): MyThreads {
  const { listThreads } = useActions();
  const news = useLiveState((state) => state.threadNews);
  const connection = useLiveState((state) => state.connection);
  const [wanted, setWanted] = useState(PAGE);
  const [answer, setAnswer] = useState<{ threads: readonly ThreadView[]; hasMore: boolean } | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const isFirst = answer === null;

  useEffect(() => {
    // `news` and `connection` are reasons to ask again; below zero there is none
    if (news < 0 || connection === 'offline') return;
    let isCurrent = true;
    const timer = setTimeout(
      () => {
        listThreads(wanted + 1).then(
          (threads) => {
            if (!isCurrent) return;
            setAnswer({ threads: threads.slice(0, wanted), hasMore: threads.length > wanted });
            setFailed(false);
          },
          () => isCurrent && setFailed(true),
        );
      },
      isFirst ? 0 : DEBOUNCE_MS,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [news, connection, wanted, isFirst, listThreads]);

  return {
    threads: answer?.threads ?? null,
    hasMore: answer?.hasMore ?? false,
    hasFailed,
    showMore: () => setWanted((count) => count + PAGE),
  };
}
