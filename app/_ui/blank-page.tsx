import type { ReactNode } from 'react';
import { Logo } from '#app/_ui/logo.tsx';

/** A page that only says one thing. */
export function BlankPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="flex min-h-full flex-col items-center justify-center bg-sunken p-6 text-center">
      <Logo size={40} />
      <h1 className="mt-5 text-xl font-semibold">{title}</h1>
      <div className="mt-1 text-ink-muted">{children}</div>
    </main>
  );
}
