'use client';

import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '#app/_ui/button.tsx';
import { Late, part } from '#app/_ui/late.tsx';

const loadPanel = () => import('#app/chat/_shell/search/search-panel.tsx');
const searchPanel = part(async () => (await loadPanel()).SearchPanel);

export const SEARCH_FIELD_ID = 'search-messages';
const PANEL_ID = 'search-panel';

/** The field that searches messages; filters and results open below it, with code that arrives at the first focus. */
export function SearchField() {
  const root = useRef<HTMLElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);

  useEffect(() => {
    if (!isOpen) return;
    const leave = (event: Event) => {
      const target = event.target as Element;
      // the suggestions of a filter are rendered elsewhere in the document
      if (!root.current?.contains(target) && !target.closest('[role="listbox"]')) setOpen(false);
    };
    document.addEventListener('focusin', leave);
    document.addEventListener('pointerdown', leave);
    return () => {
      document.removeEventListener('focusin', leave);
      document.removeEventListener('pointerdown', leave);
    };
  }, [isOpen]);

  function close() {
    setOpen(false);
    setText('');
    input.current?.focus();
  }

  function onKeyDown(event: React.KeyboardEvent) {
    if (event.key === 'Escape' && isOpen) {
      event.stopPropagation();
      close();
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp' || event.key === 'Enter') {
      walkResults(event, root.current, input.current);
    }
  }

  return (
    <search ref={root} className="relative z-30 shrink-0 px-3 pb-1" onKeyDown={onKeyDown}>
      <Search
        size={15}
        aria-hidden="true"
        className="pointer-events-none absolute top-4.5 left-6 -translate-y-1/2 text-ink-faint touch:top-5.5"
      />
      <input
        ref={input}
        id={SEARCH_FIELD_ID}
        role="combobox"
        aria-label="Search messages"
        aria-expanded={isOpen}
        aria-controls={isOpen ? PANEL_ID : undefined}
        aria-haspopup="dialog"
        aria-autocomplete="list"
        type="text"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        placeholder="Search messages"
        value={text}
        onFocus={() => void loadPanel().catch(() => {})}
        onClick={() => setOpen(true)}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
        }}
        className="h-9 w-full rounded-control border border-line bg-canvas pr-9 pl-9 transition-colors hover:border-line-strong focus:border-focus focus:outline-2 focus:-outline-offset-1 focus:outline-focus touch:h-11"
      />
      {isOpen && (
        <>
          <IconButton
            label="Close search"
            tooltip={false}
            size="small"
            onClick={close}
            className="absolute top-1 right-4 touch:top-0 touch:right-3"
          >
            <X size={14} aria-hidden="true" />
          </IconButton>
          <Late part={searchPanel} props={{ id: PANEL_ID, text, onOpen: () => setOpen(false) }} />
        </>
      )}
    </search>
  );
}

/** Arrows go from the field into the results and along them; Enter in the field opens the first. */
function walkResults(
  event: React.KeyboardEvent,
  root: HTMLElement | null,
  input: HTMLInputElement | null,
): void {
  const results = [...(root?.querySelectorAll<HTMLElement>('[data-search-result]') ?? [])];
  const at = results.indexOf(event.target as HTMLElement);
  if (event.target !== input && at === -1) return;
  if (event.key === 'Enter') {
    if (at === -1) results[0]?.click();
    return;
  }
  event.preventDefault();
  const next = at + (event.key === 'ArrowDown' ? 1 : -1);
  if (next < 0) input?.focus();
  else results[next]?.focus();
}
