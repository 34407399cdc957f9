'use client';

import { ChevronDown, Plus } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import type { ConversationView } from '#app/_live/model.ts';
import { IconButton } from '#app/_ui/button.tsx';
import { classes } from '#app/_ui/classes.ts';
import { ConversationLink } from '#app/chat/_shell/sidebar/conversation-link.tsx';
import type { SectionKey } from '#app/chat/_shell/sidebar/sections.ts';

type Props = {
  sectionKey: SectionKey;
  title: string;
  conversations: readonly ConversationView[];
  openId: number | null;
  /** the "+" of the section */
  add?: { label: string; onClick: () => void };
  /** what an empty section says */
  empty?: string;
};

/** A collapsible part of the sidebar. Folded up it still shows what is open or unread. */
export function SidebarSection({ sectionKey, title, conversations, openId, add, empty }: Props) {
  const [folded, setFolded] = useFolded(sectionKey);
  const listId = useId();
  const shown = folded
    ? conversations.filter(({ id, unread }) => id === openId || unread > 0)
    : conversations;
  return (
    <section aria-label={title} className="mt-4">
      <div className="flex h-8 items-center pr-1">
        <h2 className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={!folded}
            aria-controls={listId}
            onClick={() => setFolded(!folded)}
            className="flex w-full items-center gap-1 rounded-control px-2 py-1 text-left text-sm font-medium text-ink-muted hover:text-ink"
          >
            <ChevronDown
              size={14}
              aria-hidden="true"
              className={classes('shrink-0 transition-transform', folded && '-rotate-90')}
            />
            <span className="truncate">{title}</span>
          </button>
        </h2>
        {add && (
          <IconButton label={add.label} size="small" onClick={add.onClick}>
            <Plus size={16} aria-hidden="true" />
          </IconButton>
        )}
      </div>
      <ul id={listId}>
        {shown.map((conversation) => (
          <ConversationLink
            key={conversation.id}
            conversation={conversation}
            isOpen={conversation.id === openId}
          />
        ))}
      </ul>
      {empty && !folded && conversations.length === 0 && (
        <p className="px-2 py-1 text-sm text-ink-faint">{empty}</p>
      )}
    </section>
  );
}

/** Remembered in this browser. Unfolded until storage has been read, which the server cannot. */
function useFolded(key: SectionKey): [boolean, (folded: boolean) => void] {
  const storageKey = `sidebar:${key}`;
  const [folded, setFolded] = useState(false);
  useEffect(() => setFolded(localStorage.getItem(storageKey) === 'folded'), [storageKey]);
  return [
    folded,
    (next) => {
      setFolded(next);
      if (next) localStorage.setItem(storageKey, 'folded');
      else localStorage.removeItem(storageKey);
    },
  ];
}
