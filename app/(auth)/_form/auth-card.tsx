import type { ReactNode } from 'react';
import { Problem } from '#app/_ui/problem.tsx';

/** The one card of a sign-in page: heading, what went wrong, the form, and the way to the other page. */
export function AuthCard({
  title,
  problem,
  footer,
  children,
}: {
  title: string;
  problem: string | null;
  footer: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <div className="rounded-panel border border-line bg-raised p-6 sm:p-8">
        <h1 className="mb-5 text-xl font-semibold">{title}</h1>
        <Problem text={problem} className="mb-4" />
        {children}
      </div>
      <p className="mt-5 text-center text-ink-muted">{footer}</p>
    </>
  );
}
