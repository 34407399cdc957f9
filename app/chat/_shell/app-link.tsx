'use client';

import type { ComponentProps, MouseEvent } from 'react';
import { navigate } from '#app/chat/_shell/navigate.ts';

/** A link inside the app. Plain clicks are answered here; anything with a modifier stays the browser's. */
export function AppLink({ href, onClick, ...rest }: ComponentProps<'a'> & { href: string }) {
  return (
    <a
      href={href}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || !isPlainClick(event)) return;
        event.preventDefault();
        navigate(href);
      }}
      {...rest}
    />
  );
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}
