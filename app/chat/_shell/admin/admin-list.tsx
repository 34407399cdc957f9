'use client';

import type { ReactNode } from 'react';
import { Problem } from '#app/_ui/problem.tsx';
import type { Asked } from '#app/chat/_shell/admin/use-asked.ts';

/** The line above a list: what it is, in a sentence, and what can be added to it. */
export function AdminIntro({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <p className="min-w-60 flex-1 text-ink-muted">{children}</p>
      {action}
    </div>
  );
}

/** A list of the administration: its rows, their places while they are on their way, or why they aren't there. */
export function AdminList<Row>({
  label,
  asked,
  rows,
  empty,
  children,
}: {
  label: string;
  asked: Pick<Asked<unknown>, 'answer' | 'problem'>;
  rows: readonly Row[];
  empty: ReactNode;
  children: (row: Row) => ReactNode;
}) {
  const isLoading = asked.answer === null && asked.problem === null;
  return (
    <>
      <Problem text={asked.problem} className="mb-3" />
      <ul
        aria-label={label}
        aria-busy={isLoading}
        className="divide-y divide-line border-y border-line empty:hidden"
      >
        {rows.map(children)}
        {isLoading && <Places />}
      </ul>
      {asked.answer !== null && rows.length === 0 && empty}
    </>
  );
}

function Places() {
  return [1, 2, 3].map((place) => (
    <li key={place} aria-hidden="true" className="appear-late flex min-h-15 items-center gap-3 py-2">
      <span className="skeleton size-9" />
      <span className="skeleton h-4 w-40" />
    </li>
  ));
}

/** One row: what it is on the left, what can be done with it on the right. */
export function AdminRow({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <li className="flex min-h-15 items-center gap-3 py-2">
      {children}
      {actions}
    </li>
  );
}

/** A word about a row: "Owner", "Default". */
export function Tag({ children }: { children: ReactNode }) {
  return (
    <span className="shrink-0 rounded-full border border-line-strong px-2 text-xs leading-5 font-medium text-ink-muted">
      {children}
    </span>
  );
}
