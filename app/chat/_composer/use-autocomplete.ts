'use client';

import { type KeyboardEvent, type RefObject, useId, useMemo, useState } from 'react';
import type { ConversationView } from '#app/_live/model.ts';
import { typeInto } from '#app/chat/_composer/replace-range.ts';
import { type Trigger, triggerAt } from '#app/chat/_composer/trigger.ts';
import { type Suggestion, useSuggestions } from '#app/chat/_composer/use-suggestions.ts';

/** The element of one suggestion, which the text field points at. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** Completion of the word before the caret: what to show, and the keys that drive it. */
export function useAutocomplete(
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  caret: number | null,
  conversation: ConversationView,
) {
  const id = useId();
  const trigger = useMemo(() => (caret === null ? null : triggerAt(text, caret)), [text, caret]);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [pointed, setPointed] = useState({ for: '', index: 0 });
  // Escape closes the list for the word it was opened by; the next word opens it again.
  const word = trigger ? `${trigger.kind}:${trigger.start}` : '';
  const suggestions = useSuggestions(word === dismissed ? null : trigger, conversation);
  const isOpen = suggestions.length > 0;
  const asked = trigger ? `${word}:${trigger.query}` : '';
  const active = pointed.for === asked ? Math.min(pointed.index, suggestions.length - 1) : 0;
  const point = (index: number) => setPointed({ for: asked, index });

  const accept = ({ insert }: Suggestion) => {
    const element = field.current;
    if (!element || !trigger || caret === null) return;
    const before = text.slice(0, trigger.start) + insert;
    const after = text.slice(caret).replace(/^ /, '');
    typeInto(element, { text: before + after, start: before.length, end: before.length });
    if (trigger.kind === 'command') setDismissed(`${trigger.kind}:${trigger.start}`);
  };

  /** Somebody who has typed the whole name wants Enter to send; only emoji still have to become what they name. */
  const isComplete =
    trigger !== null && trigger.kind !== 'emoji' && pointed.for !== asked && isWritten(trigger, suggestions);

  /** Whether the key was one of the list's. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!isOpen || event.ctrlKey || event.altKey || event.metaKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = suggestions[active];
    if (step) point((active + step + suggestions.length) % suggestions.length);
    else if (event.key === 'Escape') setDismissed(word);
    else if (event.shiftKey || !chosen) return false;
    else if (event.key === 'Tab' || (event.key === 'Enter' && !isComplete)) accept(chosen);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  return {
    isOpen,
    onKeyDown,
    list: { id, suggestions, active, onAccept: accept, onPoint: point },
    fieldProps: {
      'aria-autocomplete': 'list' as const,
      'aria-haspopup': 'listbox' as const,
      'aria-controls': isOpen ? id : undefined,
      'aria-activedescendant': isOpen ? optionId(id, active) : undefined,
    },
  };
}

function isWritten({ query }: Trigger, suggestions: readonly Suggestion[]): boolean {
  const written = query.toLowerCase();
  return suggestions.some(({ insert }) => insert.slice(1).trim().toLowerCase() === written);
}
