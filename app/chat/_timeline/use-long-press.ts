'use client';

import { type PointerEvent, type TouchEvent, useRef } from 'react';

const HOLD_MS = 450;
const SLOP_PX = 10;

/** Handlers that call `onLongPress` with the point where a finger rested. */
export function useLongPress(onLongPress: (at: { x: number; y: number }) => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const wasLong = useRef(false);

  const cancel = () => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };

  return {
    onPointerDown(event: PointerEvent) {
      // A menu that hangs on the element lies elsewhere, though React tells its touches to both.
      if (event.pointerType !== 'touch' || !event.currentTarget.contains(event.target as Node)) return;
      wasLong.current = false;
      const { clientX: x, clientY: y } = event;
      const timer = setTimeout(() => {
        press.current = null;
        wasLong.current = true;
        navigator.vibrate?.(10);
        onLongPress({ x, y });
      }, HOLD_MS);
      press.current = { timer, x, y };
    },
    onPointerMove(event: PointerEvent) {
      const start = press.current;
      if (start && Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLOP_PX) cancel();
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
    onTouchEnd(event: TouchEvent) {
      const wasLongHere = wasLong.current && event.currentTarget.contains(event.target as Node);
      if (!wasLongHere) return;
      wasLong.current = false;
      // The click that the browser makes of the lifted finger would close what the press has opened.
      if (event.cancelable) event.preventDefault();
    },
    onContextMenu(event: React.MouseEvent) {
      // The system's own menu would open over ours.
      if (matchMedia('(pointer: coarse)').matches) event.preventDefault();
    },
  };
}
