'use client';

import { useCallback, useEffect, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { toast } from '#app/_ui/toast-store.ts';

/** What I want to be seen as; `auto` is whatever my windows report. */
export type Status = 'auto' | 'active' | 'idle' | 'offline';

const WORDS: Record<Status, string> = {
  auto: 'Others see you as you are.',
  active: 'Others see you as active.',
  idle: 'Others see you as away.',
  offline: 'Others see you as offline.',
};

/**
 * The status I chose by hand. It is asked for by whoever is about to show it, because another window or another
 * program may have changed it; null until the answer is there.
 */
export function useStatus() {
  const [chosen, setChosen] = useState<Status | null>(null);

  useEffect(() => {
    trpc.presence.override.query().then(
      (override) => setChosen(override ?? 'auto'),
      () => setChosen(null),
    );
  }, []);

  const choose = useCallback(async (status: Status) => {
    setChosen(status);
    try {
      await trpc.presence.setOverride.mutate({ override: status === 'auto' ? null : status });
      toast(WORDS[status]);
    } catch {
      toast('Your status could not be changed. Try again.', { tone: 'problem' });
      setChosen(null);
    }
  }, []);

  return { chosen, choose };
}
