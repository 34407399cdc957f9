'use client';

import { useAccount } from '#app/_live/hooks.ts';
import { Avatar } from '#app/_ui/avatar.tsx';
import { classes } from '#app/_ui/classes.ts';
import { optionId } from '#app/chat/_composer/use-autocomplete.ts';
import type { Suggestion } from '#app/chat/_composer/use-suggestions.ts';

type Props = {
  id: string;
  suggestions: readonly Suggestion[];
  /** index of the one that Enter accepts */
  active: number;
  onAccept: (suggestion: Suggestion) => void;
  onPoint: (index: number) => void;
};

/** What could complete the word being written. The focus stays in the text; it points at one of these. */
export function SuggestionList({ id, suggestions, active, onAccept, onPoint }: Props) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Suggestions"
      className="absolute inset-x-0 bottom-full z-20 mb-1 max-h-80 overflow-y-auto rounded-panel bg-raised p-1 shadow-float"
    >
      {suggestions.map((suggestion, index) => (
        // Options are chosen by the keys of the text field and by pointer: they take no focus themselves.
        <div
          key={suggestion.key}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerMove={() => onPoint(index)}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onAccept(suggestion)}
          onKeyDown={(event) => event.key === 'Enter' && onAccept(suggestion)}
          className={classes(
            'flex min-h-9 cursor-default items-center gap-2.5 rounded-control px-2.5 touch:min-h-11',
            index === active && 'bg-hover',
          )}
        >
          {suggestion.accountId !== undefined && <Picture accountId={suggestion.accountId} />}
          <span className="truncate font-medium">{suggestion.label}</span>
          {suggestion.hint && (
            <span aria-hidden="true" className="truncate text-sm text-ink-muted">
              {suggestion.hint}
            </span>
          )}
        </div>
      ))}
    </div>
  );
}

function Picture({ accountId }: { accountId: number }) {
  const account = useAccount(accountId);
  if (!account) return null;
  return (
    <Avatar
      name={account.username}
      nameColor={account.nameColor}
      avatarFile={account.avatarFile}
      size="small"
    />
  );
}
