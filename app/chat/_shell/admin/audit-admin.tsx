'use client';

import { ScrollText } from 'lucide-react';
import { useCallback, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { useAccounts } from '#app/_live/hooks.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { AdminIntro, AdminList } from '#app/chat/_shell/admin/admin-list.tsx';
import { AuditFilters, type Filters, filterOf, NO_FILTERS } from '#app/chat/_shell/admin/audit-filters.tsx';
import { type Entry, sentenceOf } from '#app/chat/_shell/admin/audit-words.ts';
import { momentOf } from '#app/chat/_shell/admin/times.ts';
import { useAsked } from '#app/chat/_shell/admin/use-asked.ts';

const PAGE = 25;

/** What administrators did, newest first. */
export function AuditAdmin() {
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const [offset, setOffset] = useState(0);
  const ask = useCallback(
    () => trpc.admin.audit.query({ ...filterOf(filters), limit: PAGE, offset }),
    [filters, offset],
  );
  const asked = useAsked(ask);
  const page = asked.answer;
  return (
    <>
      <AdminIntro>
        Every change that administrators made, and who has left. Nobody can change this list.
      </AdminIntro>
      <AuditFilters
        value={filters}
        onChange={(next) => {
          setFilters(next);
          setOffset(0);
        }}
      />
      <AdminList
        label="Audit log"
        asked={asked}
        rows={page?.entries ?? []}
        empty={
          <EmptyState icon={<ScrollText size={32} aria-hidden="true" />} title="Nothing to show">
            {filters === NO_FILTERS ? 'Nobody has changed anything yet.' : 'Nothing matches these filters.'}
          </EmptyState>
        }
      >
        {(entry) => <AuditRow key={entry.id} entry={entry} />}
      </AdminList>
      {page && page.total > 0 && (
        <nav aria-label="Pages of the log" className="mt-4 flex items-center gap-2">
          <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
            Newer
          </Button>
          <Button disabled={!page.hasMore} onClick={() => setOffset(offset + PAGE)}>
            Older
          </Button>
          <p role="status" className="ml-2 text-sm text-ink-muted tabular-nums">
            {Math.min(page.offset + 1, page.total)}–{page.offset + page.entries.length} of {page.total}
          </p>
        </nav>
      )}
    </>
  );
}

function AuditRow({ entry }: { entry: Entry }) {
  const accounts = useAccounts();
  const nameOf = (accountId: number | null) =>
    accounts.get(accountId ?? 0)?.username ?? 'somebody who has left';
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 py-2.5">
      <p className="min-w-60 flex-1 break-words">
        <span className="font-medium">{entry.actor?.name ?? 'The machine'}</span> {sentenceOf(entry, nameOf)}
      </p>
      <time
        dateTime={new Date(entry.createdAt / 1_000).toISOString()}
        className="shrink-0 text-sm text-ink-muted tabular-nums"
      >
        {momentOf(entry.createdAt)}
      </time>
    </li>
  );
}
