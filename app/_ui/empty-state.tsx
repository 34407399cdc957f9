import type { ReactNode } from 'react';

/** What a place says when there is nothing in it: what would be here, and what to do about it. */
export function EmptyState({
  icon,
  title,
  children,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center justify-center gap-1 px-6 py-12 text-center">
      {icon && <div className="mb-2 text-ink-faint">{icon}</div>}
      <p className="font-semibold">{title}</p>
      {children && <div className="max-w-sm text-ink-muted">{children}</div>}
    </div>
  );
}
