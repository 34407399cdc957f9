'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { AtSign, Hash, Lock, Search, Terminal, User } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useAccounts, useConversations, useMe } from '#app/_live/hooks.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { navigate } from '#app/chat/_shell/navigate.ts';
import { findEntries, type PaletteEntry, paletteEntries } from '#app/chat/_shell/palette/palette-entries.ts';
import { useShell } from '#app/chat/_shell/shell-state.tsx';

const icons = { channel: Hash, private: Lock, direct: AtSign, person: User, command: Terminal } as const;

/** One field that leads anywhere: type a part of a name, press Enter. */
export function Palette({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const accounts = useAccounts();
  const conversations = useConversations();
  const { openDialog } = useShell();
  const [query, setQuery] = useState('');
  const entries = useMemo(
    () => paletteEntries(conversations, accounts.values(), me.id),
    [conversations, accounts, me.id],
  );
  const found = useMemo(() => findEntries(entries, query), [entries, query]);

  function choose(entry: PaletteEntry) {
    onClose();
    if ('href' in entry.target) navigate(entry.target.href);
    else openDialog({ kind: entry.target.dialog });
  }

  return (
    <Dialog open bare onClose={onClose} title="Jump to" size="medium">
      <Autocomplete.Root
        open
        inline
        items={found}
        filteredItems={found}
        value={query}
        onValueChange={(value, details) => details.reason !== 'item-press' && setQuery(value)}
        itemToStringValue={(entry: PaletteEntry) => entry.name}
        autoHighlight="always"
        keepHighlight
      >
        <div className="flex items-center gap-3 border-b border-line px-4">
          <Search size={18} aria-hidden="true" className="shrink-0 text-ink-faint" />
          <Autocomplete.Input
            aria-label="Jump to"
            placeholder="Jump to a conversation, a person, a command"
            className="h-12 min-w-0 flex-1 bg-transparent outline-none"
          />
        </div>
        <Autocomplete.Empty className="px-4 text-ink-muted not-empty:py-6">
          Nothing by that name.
        </Autocomplete.Empty>
        <Autocomplete.List
          aria-label="Places"
          className="max-h-[min(26rem,60vh)] overflow-y-auto p-1.5 outline-none empty:hidden"
        >
          {(entry: PaletteEntry) => <Entry key={entry.key} entry={entry} onChoose={() => choose(entry)} />}
        </Autocomplete.List>
      </Autocomplete.Root>
    </Dialog>
  );
}

function Entry({ entry, onChoose }: { entry: PaletteEntry; onChoose: () => void }) {
  const Icon = icons[entry.kind];
  return (
    <Autocomplete.Item
      value={entry}
      onClick={onChoose}
      className="flex min-h-9 cursor-default items-center gap-3 rounded-control px-2.5 outline-none select-none data-highlighted:bg-hover touch:min-h-11"
    >
      <Icon size={16} aria-hidden="true" className="shrink-0 text-ink-faint" />
      <span className="min-w-0 flex-1 truncate">{entry.name}</span>
      <Badge count={entry.unread} />
      <span className="shrink-0 text-xs text-ink-faint">{entry.detail}</span>
    </Autocomplete.Item>
  );
}
