import type { ReactNode } from 'react';

/** A link among the words of a login page. */
export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className="font-medium text-accent-ink underline-offset-4 hover:underline" href={href}>
      {children}
    </a>
  );
}
