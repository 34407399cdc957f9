'use client';

import Link from 'next/link';
import type { ComponentProps } from 'react';
import { navigate } from '#app/chat/_shell/navigate.ts';

/** A link inside the app. Plain clicks are answered here; anything with a modifier stays the browser's. */
export function AppLink(props: Omit<ComponentProps<typeof Link>, 'href'> & { href: string }) {
  return (
    <Link
      {...props}
      prefetch={false}
      onNavigate={(event) => {
        event.preventDefault();
        navigate(props.href);
      }}
    />
  );
}
