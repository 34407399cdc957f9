'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ScrollPosition } from '#app/chat/_timeline/use-scroll-position.ts';

type Props = { position: ScrollPosition; onLatest: () => void; onFirstUnread: () => void };

/** Ways to where one is not: up to the first unread message, down to the newest. They lie over the log. */
export function JumpPills({ position, onLatest, onFirstUnread }: Props) {
  const { isAtEnd, arrived, isUnreadAbove } = position;
  return (
    <>
      {isUnreadAbove && (
        <Pill className="top-3" onClick={onFirstUnread}>
          <ArrowUp size={14} aria-hidden="true" />
          Jump to first unread
        </Pill>
      )}
      {!isAtEnd && (
        <Pill className="bottom-3" onClick={onLatest} strong={arrived > 0}>
          <ArrowDown size={14} aria-hidden="true" />
          {arrived === 0 ? 'Jump to latest' : `${arrived} new ${arrived === 1 ? 'message' : 'messages'}`}
        </Pill>
      )}
    </>
  );
}

function Pill({
  className,
  strong = false,
  onClick,
  children,
}: {
  className: string;
  strong?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <div className={`pointer-events-none absolute inset-x-0 flex justify-center ${className}`}>
      <button
        type="button"
        onClick={onClick}
        className={`pointer-events-auto flex h-8 items-center gap-1.5 rounded-full px-3.5 text-sm font-medium shadow-float touch:h-11 ${
          strong ? 'bg-accent text-on-accent hover:bg-accent-hover' : 'bg-raised hover:bg-sunken'
        }`}
      >
        {children}
      </button>
    </div>
  );
}
