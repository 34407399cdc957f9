'use client';

import { useEffect, useRef } from 'react';
import { placeTooltip } from '#app/_ui/place-tooltip.ts';

const DELAY_MS = 450;
/** moving on to a neighbour soon after shows its tooltip at once */
const WARM_MS = 400;

/**
 * The one tooltip of the page. Any element with `data-tooltip` (and `data-shortcut`) gets it on hover and on
 * keyboard focus, so that hundreds of buttons cost nothing. It repeats what the accessible name already says, so
 * assistive technology is not told about it.
 */
export function TooltipHost() {
  const box = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLSpanElement>(null);
  const keys = useRef<HTMLElement>(null);

  useEffect(() => {
    const element = box.current;
    if (!element || !('showPopover' in element)) return;
    let target: HTMLElement | null = null;
    let timer = 0;
    let hiddenAt = 0;

    const hide = () => {
      window.clearTimeout(timer);
      if (target && element.matches(':popover-open')) {
        element.hidePopover();
        hiddenAt = performance.now();
      }
      target = null;
    };
    const show = () => {
      if (!target?.isConnected || !text.current || !keys.current) return;
      text.current.textContent = target.dataset.tooltip ?? '';
      keys.current.textContent = target.dataset.shortcut ?? '';
      keys.current.hidden = !target.dataset.shortcut;
      element.showPopover();
      const { left, top } = placeTooltip(target.getBoundingClientRect(), element.getBoundingClientRect(), {
        width: document.documentElement.clientWidth,
        height: document.documentElement.clientHeight,
      });
      element.style.left = `${left}px`;
      element.style.top = `${top}px`;
    };
    const aim = (event: Event, wait: number) => {
      const next =
        event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tooltip]') : null;
      if (next === target) return;
      hide();
      if (!next?.dataset.tooltip) return;
      target = next;
      timer = window.setTimeout(show, performance.now() - hiddenAt < WARM_MS ? 0 : wait);
    };
    const onOver = (event: PointerEvent) => {
      if (event.pointerType === 'mouse') aim(event, DELAY_MS);
    };
    const onFocus = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) aim(event, DELAY_MS);
    };

    const listening = new AbortController();
    const options = { capture: true, passive: true, signal: listening.signal };
    document.addEventListener('pointerover', onOver, options);
    document.addEventListener('focusin', onFocus, options);
    for (const type of ['focusout', 'pointerdown', 'keydown', 'scroll']) {
      document.addEventListener(type, hide, options);
    }
    return () => {
      hide();
      listening.abort();
    };
  }, []);

  return (
    <div
      ref={box}
      popover="manual"
      aria-hidden="true"
      className="pointer-events-none fixed m-0 max-w-64 items-center gap-2 rounded-control border border-transparent bg-ink px-2 py-1 text-xs font-medium text-canvas open:flex"
    >
      <span ref={text} className="line-clamp-6 break-words" />
      <kbd ref={keys} className="font-sans whitespace-nowrap opacity-70" />
    </div>
  );
}
