'use client';

import { SearchX } from 'lucide-react';
import { useState } from 'react';
import { useConversations, useMe } from '#app/_live/hooks.ts';
import { conversationName } from '#app/_live/places.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { Problem } from '#app/_ui/problem.tsx';
import { fieldClasses, TextField } from '#app/_ui/text-field.tsx';
import { PersonField } from '#app/chat/_shell/people/person-field.tsx';
import { type SearchFields, searchQuery } from '#app/chat/_shell/search/search-filters.ts';
import { SearchResult } from '#app/chat/_shell/search/search-result.tsx';
import { useSearch } from '#app/chat/_shell/search/use-search.ts';
import { inOrder, sectionsOf } from '#app/chat/_shell/sidebar/sections.ts';

type Props = {
  id: string;
  text: string;
  /** a result is being opened */
  onOpen: () => void;
};

const noFilters: Omit<SearchFields, 'text'> = { from: '', conversationId: null, after: '', before: '' };

/** Filters and results below the search field. */
export function SearchPanel({ id, text, onOpen }: Props) {
  const [filters, setFilters] = useState(noFilters);
  const query = searchQuery({ text, ...filters });
  const answer = useSearch(query);
  const messages = 'messages' in answer ? answer.messages : [];
  const change = (changed: Partial<typeof filters>) => setFilters({ ...filters, ...changed });
  return (
    <div
      id={id}
      role="dialog"
      aria-label="Search"
      className="absolute top-full left-3 mt-1 flex max-h-[min(40rem,80vh)] w-[min(36rem,calc(100vw-1.5rem))] flex-col rounded-panel bg-raised shadow-float"
    >
      <div className="grid grid-cols-2 gap-3 border-b border-line p-3">
        <PersonField label="From" value={filters.from} onChange={(from) => change({ from })} />
        <ConversationFilter
          value={filters.conversationId}
          onChange={(conversationId) => change({ conversationId })}
        />
        <TextField
          label="After"
          type="date"
          value={filters.after}
          onChange={(event) => change({ after: event.target.value })}
        />
        <TextField
          label="Before"
          type="date"
          value={filters.before}
          onChange={(event) => change({ before: event.target.value })}
        />
      </div>
      <div className="min-h-24 overflow-y-auto p-1.5">
        {answer.status === 'idle' && (
          <p className="px-4 py-8 text-center text-ink-muted">
            Type a word, or choose whose messages to see.
          </p>
        )}
        {answer.status === 'failed' && (
          <Problem text="The search did not work. Check your connection and try again." className="m-2" />
        )}
        <ul aria-label="Search results" aria-busy={answer.status === 'searching'}>
          {messages.map((message) => (
            <SearchResult key={message.id} message={message} sought={text} onOpen={onOpen} />
          ))}
        </ul>
        <div role="status">
          {answer.status === 'found' && messages.length === 0 && (
            <EmptyState icon={<SearchX size={28} aria-hidden="true" />} title="No results">
              Try another word, or fewer filters.
            </EmptyState>
          )}
          {answer.status === 'found' && messages.length > 0 && (
            <span className="sr-only">{messages.length} messages found</span>
          )}
        </div>
      </div>
    </div>
  );
}

function ConversationFilter({
  value,
  onChange,
}: {
  value: number | null;
  onChange: (conversationId: number | null) => void;
}) {
  const me = useMe();
  const conversations = useConversations();
  const list = inOrder(sectionsOf(conversations, value));
  return (
    <label className="block">
      <span className="mb-1 block text-sm font-medium">Channel</span>
      <select
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value ? Number(event.target.value) : null)}
        className={fieldClasses}
      >
        <option value="">Anywhere</option>
        {list.map((conversation) => (
          <option key={conversation.id} value={conversation.id}>
            {conversationName(conversation, me.id)}
          </option>
        ))}
      </select>
    </label>
  );
}
