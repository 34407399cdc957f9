'use client';

import { useEffect, useState } from 'react';
import {
  clampPanelWidth,
  PANEL_WIDTHS,
  storedPanelWidth,
  storePanelWidth,
} from '#app/chat/_shell/panel/panel-width.ts';

const KEY_STEP = 16;

/** The edge between conversation and panel: drag it, or use the arrow keys. The width is remembered. */
export function PanelResizer() {
  const [width, setWidth] = useState<number>(PANEL_WIDTHS.usual);
  useEffect(() => setWidth(storedPanelWidth()), []);
  useEffect(() => document.documentElement.style.setProperty('--panel-width', `${width}px`), [width]);

  function change(pixels: number) {
    const next = clampPanelWidth(pixels);
    setWidth(next);
    storePanelWidth(next);
  }

  return (
    <hr
      tabIndex={0}
      aria-label="Width of the panel"
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={PANEL_WIDTHS.least}
      aria-valuemax={PANEL_WIDTHS.most}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) change(window.innerWidth - event.clientX);
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') change(width + KEY_STEP);
        if (event.key === 'ArrowRight') change(width - KEY_STEP);
      }}
      className="absolute inset-y-0 -left-1 z-10 w-2 cursor-col-resize border-0 transition-colors hover:bg-accent-soft focus-visible:bg-accent-soft max-md:hidden"
    />
  );
}
