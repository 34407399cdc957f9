'use client';

import { useEffect, useRef, useState } from 'react';

/** While files are dragged over the page it says so, and takes what is dropped anywhere. */
export function DropArea({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [isOver, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;

  useEffect(() => {
    // Entering a child leaves its parent, so the events are counted.
    let depth = 0;
    const listening = new AbortController();
    const listen = (type: 'dragenter' | 'dragleave' | 'dragover' | 'drop', on: (event: DragEvent) => void) =>
      addEventListener(
        type,
        (event) => {
          if (!event.dataTransfer?.types.includes('Files')) return;
          event.preventDefault();
          on(event);
        },
        { signal: listening.signal },
      );
    listen('dragenter', () => {
      depth++;
      setOver(true);
    });
    listen('dragleave', () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    });
    listen('dragover', () => {});
    listen('drop', (event) => {
      depth = 0;
      setOver(false);
      take.current([...(event.dataTransfer?.files ?? [])]);
    });
    return () => listening.abort();
  }, []);

  if (!isOver) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-40 flex items-center justify-center bg-scrim">
      <p className="rounded-panel bg-raised px-6 py-4 font-semibold shadow-float">
        Drop files to attach them
      </p>
    </div>
  );
}
