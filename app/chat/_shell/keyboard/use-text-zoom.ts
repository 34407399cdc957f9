'use client';

import { useEffect } from 'react';
import { clampFontSize } from '#app/_ui/appearance.ts';
import { changeFontSize } from '#app/_ui/use-appearance.ts';

/** How far a wheel turns, or fingers spread, for one pixel of text. */
const STEP = 40;

/**
 * Ctrl and the wheel, or two fingers on a touchpad, over the messages change the size of their text. Everywhere else
 * they zoom the page as always, and so do the keys.
 */
export function useTextZoom(): void {
  useEffect(() => {
    let turned = 0;
    const onWheel = (event: WheelEvent) => {
      const isOverMessages = event.target instanceof Element && event.target.closest('[role="log"]');
      if (!event.ctrlKey || !isOverMessages) return;
      event.preventDefault();
      turned -= event.deltaY;
      const steps = Math.trunc(turned / STEP);
      if (steps === 0) return;
      turned -= steps * STEP;
      changeFontSize((pixels) => clampFontSize(pixels + steps));
    };
    // not passive: the browser would zoom as well
    document.addEventListener('wheel', onWheel, { passive: false });
    return () => document.removeEventListener('wheel', onWheel);
  }, []);
}
