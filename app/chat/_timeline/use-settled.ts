'use client';

import { useEffect, useState } from 'react';

/** The list approaches a goal over a few frames, measuring rows as they come into view. */
const FRAMES = 6;

/**
 * Whether the list has come to rest after it was last sent somewhere. Pages that arrive earlier would shift the rows
 * under a scroll that is still looking for its place. `sent` is a new object for every journey.
 */
export function useSettled(sent: object | null): boolean {
  const [settledFor, setSettledFor] = useState<object | null | undefined>(undefined);
  useEffect(() => {
    let frame = 0;
    let left = FRAMES;
    const wait = () => {
      if (left-- === 0) setSettledFor(sent);
      else frame = requestAnimationFrame(wait);
    };
    wait();
    return () => cancelAnimationFrame(frame);
  }, [sent]);
  return settledFor === sent;
}
