'use client';

import { useEffect, useRef, useState } from 'react';

/**
 * While files are dragged over the page it says so, and takes what is dropped: anywhere, but over a thread that is open
 * beside the conversation they are for the thread.
 */
export function DropArea({ onFiles, isThread }: { onFiles: (files: File[]) => void; isThread: boolean }) {
  const [isOver, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;

  useEffect(() => {
    // Entering a child leaves its parent, so the events are counted.
    let depth = 0;
    const listening = new AbortController();
    const listen = (
      type: 'dragenter' | 'dragleave' | 'dragover' | 'drop',
      on: (event: DragEvent, isHere: boolean) => void,
    ) =>
      addEventListener(
        type,
        (event) => {
          if (!event.dataTransfer?.types.includes('Files')) return;
          event.preventDefault();
          const isOverThread =
            event.target instanceof Element && event.target.closest('[data-thread]') !== null;
          on(event, isOverThread === isThread);
        },
        { signal: listening.signal },
      );
    listen('dragenter', (_event, isHere) => {
      depth++;
      setOver(isHere);
    });
    listen('dragleave', () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    });
    listen('dragover', () => {});
    listen('drop', (event, isHere) => {
      depth = 0;
      setOver(false);
      if (isHere) take.current([...(event.dataTransfer?.files ?? [])]);
    });
    return () => listening.abort();
  }, [isThread]);

  if (!isOver) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-40 flex items-center justify-center bg-scrim">
      <p className="rounded-panel bg-raised px-6 py-4 font-semibold shadow-float">
        {isThread ? 'Drop files to attach them in the thread' : 'Drop files to attach them'}
      </p>
    </div>
  );
}
