'use client';

import { Search, UserX } from 'lucide-react';
import { useId, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { fieldClasses } from '#app/_ui/text-field.tsx';
import { AdminIntro, AdminList } from '#app/chat/_shell/admin/admin-list.tsx';
import { PersonDialogs, type PersonQuestion } from '#app/chat/_shell/admin/person-dialogs.tsx';
import { type PersonRecord, PersonRow } from '#app/chat/_shell/admin/person-row.tsx';
import { useAsked } from '#app/chat/_shell/admin/use-asked.ts';

const STEP = 100;

const askPeople = () => trpc.admin.people.query();

/** Everybody with an account, in the order they came. */
export function PeopleAdmin() {
  const asked = useAsked(askPeople);
  const [sought, setSought] = useState('');
  const [question, setQuestion] = useState<PersonQuestion | null>(null);
  const [limit, setLimit] = useState(STEP);
  const found = (asked.answer ?? []).filter((person) => isFound(person, sought));
  return (
    <>
      <AdminIntro
        action={
          <Button variant="primary" onClick={() => setQuestion({ kind: 'add' })}>
            Add person
          </Button>
        }
      >
        Owners and administrators run this server; only owners decide about owners.
      </AdminIntro>
      <SearchPeople value={sought} onChange={setSought} count={asked.answer ? found.length : null} />
      <AdminList
        label="People"
        asked={asked}
        rows={found.slice(0, limit)}
        empty={
          <EmptyState icon={<UserX size={32} aria-hidden="true" />} title="Nobody found">
            No name and no address contains “{sought.trim()}”.
          </EmptyState>
        }
      >
        {(person) => <PersonRow key={person.id} person={person} onAsk={setQuestion} />}
      </AdminList>
      {found.length > limit && (
        <div className="mt-4 flex items-center gap-3">
          <Button onClick={() => setLimit(limit + STEP)}>Show more</Button>
          <p className="text-sm text-ink-muted tabular-nums">
            {limit} of {found.length}
          </p>
        </div>
      )}
      <PersonDialogs question={question} onClose={() => setQuestion(null)} onDone={asked.again} />
    </>
  );
}

function isFound({ username, displayName, email }: PersonRecord, sought: string): boolean {
  const words = sought.trim().toLowerCase();
  return [username, displayName, email].some((text) => text?.toLowerCase().includes(words));
}

function SearchPeople({
  value,
  onChange,
  count,
}: {
  value: string;
  onChange: (value: string) => void;
  count: number | null;
}) {
  const id = useId();
  return (
    <div className="relative mb-4">
      <label htmlFor={id} className="sr-only">
        Search people
      </label>
      <Search
        size={16}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-faint"
      />
      <input
        id={id}
        type="search"
        value={value}
        placeholder="Name or address"
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        className={`${fieldClasses} pl-9`}
      />
      <p role="status" className="sr-only">
        {value.trim() !== '' && count !== null && `${count} found`}
      </p>
    </div>
  );
}
