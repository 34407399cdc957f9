'use client';

import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '#app/_ui/button.tsx';
import { backToList } from '#app/chat/_shell/navigate.ts';

/** The line at the top of every page of the app; on a phone it starts with the way back. */
export function PageHeader({
  icon,
  title,
  subtitle,
  children,
}: {
  icon?: ReactNode;
  title: string;
  subtitle?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="flex h-header shrink-0 items-center gap-1 border-b border-line pr-2 pl-5 max-md:pl-1">
      <IconButton label="Back" tooltip={false} className="md:hidden" onClick={backToList}>
        <ArrowLeft size={20} aria-hidden="true" />
      </IconButton>
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-1.5">
          {icon}
          <h1 className="truncate text-base leading-5 font-semibold">{title}</h1>
        </div>
        {subtitle && <div className="truncate text-xs text-ink-muted">{subtitle}</div>}
      </div>
      {children}
    </header>
  );
}
