'use client';

import { CloudOff } from 'lucide-react';
import { useConnection } from '#app/_live/hooks.ts';

const WORDS = {
  offline: 'Offline. What you write is sent later.',
  reconnecting: 'Reconnecting…',
} as const;

/** Says when the page has no connection. Its region is always there, so that the change is announced. */
export function ConnectionStatus() {
  const connection = useConnection();
  return (
    <div role="status" className="flex items-center gap-1.5 text-xs font-medium text-warning-ink">
      {connection !== 'online' && (
        <>
          <CloudOff size={13} aria-hidden="true" />
          {WORDS[connection]}
        </>
      )}
    </div>
  );
}
