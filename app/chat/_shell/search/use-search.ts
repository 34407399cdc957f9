'use client';

import { useEffect, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import type { Message } from '#app/_live/model.ts';
import type { SearchQuery } from '#app/chat/_shell/search/search-filters.ts';

const DEBOUNCE_MS = 200;

export type SearchAnswer =
  | { status: 'idle' }
  | { status: 'searching'; messages: readonly Message[] }
  | { status: 'found'; messages: readonly Message[] }
  | { status: 'failed' };

/** Asks once typing pauses. The last answer stays until the next one is there, so that the list does not blink. */
export function useSearch(query: SearchQuery | null): SearchAnswer {
  const [answer, setAnswer] = useState<SearchAnswer>({ status: 'idle' });
  const key = JSON.stringify(query);

  useEffect(() => {
    const asked = JSON.parse(key) as SearchQuery | null;
    if (!asked) {
      setAnswer({ status: 'idle' });
      return;
    }
    const asking = new AbortController();
    setAnswer((last) => ({ status: 'searching', messages: 'messages' in last ? last.messages : [] }));
    const timer = setTimeout(() => {
      trpc.search.messages
        .query(asked, { signal: asking.signal })
        .then((messages) => setAnswer({ status: 'found', messages }))
        .catch(() => asking.signal.aborted || setAnswer({ status: 'failed' }));
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [key]);

  return answer;
}
