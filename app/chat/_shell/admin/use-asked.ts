'use client';

import { useCallback, useEffect, useState } from 'react';
import { useLiveState } from '#app/_live/hooks.ts';
import { adminReasons } from '#app/chat/_shell/admin/admin-reasons.ts';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';

export type Asked<T> = {
  /** the latest answer; null before the first */
  answer: T | null;
  problem: string | null;
  again: () => void;
};

/**
 * What the server answers, asked anew whenever something happened that concerns the administration. Until the new
 * answer is there the old one stays. `ask` must be the same function as long as the question is.
 */
export function useAsked<T>(ask: () => Promise<T>): Asked<T> {
  const [answer, setAnswer] = useState<T | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const news = useLiveState((state) => state.administered) + round;

  useEffect(() => {
    // the news are the reason to ask; below zero there are none
    if (news < 0) return;
    let isCurrent = true;
    ask().then(
      (given) => {
        if (!isCurrent) return;
        setAnswer(given);
        setProblem(null);
      },
      (error: unknown) => isCurrent && setProblem(refusalWords(error, adminReasons)),
    );
    return () => {
      isCurrent = false;
    };
  }, [ask, news]);

  return { answer, problem, again: useCallback(() => setRound((before) => before + 1), []) };
}
