'use client';

import { SmilePlus } from 'lucide-react';
import { useActions, useMe } from '#app/_live/hooks.ts';
import type { Message } from '#app/_live/model.ts';
import { classes } from '#app/_ui/classes.ts';
import { EmojiButton } from '#app/_ui/emoji/emoji-button.tsx';
import { toast } from '#app/_ui/toast-store.ts';
import { problemOf } from '#app/chat/_timeline/problem-words.ts';

/** The reactions of a message as chips: a click joins in or takes mine back. */
export function Reactions({ message }: { message: Message }) {
  const { react } = useActions();
  const me = useMe();
  if (message.reactions.length === 0) return null;
  const toggle = (emoji: string) =>
    react(message.id, emoji).catch((error: unknown) => toast(problemOf(error), { tone: 'problem' }));

  return (
    <div className="mt-1 mb-0.5 flex flex-wrap gap-1">
      {message.reactions.map(({ emoji, people }) => {
        const mine = people.some((person) => person.id === me.id);
        return (
          <button
            key={emoji}
            type="button"
            aria-pressed={mine}
            aria-label={`${emoji} ${people.length}${mine ? ', you reacted' : ''}`}
            data-tooltip={people.map((person) => (person.id === me.id ? 'You' : person.name)).join(', ')}
            onClick={() => void toggle(emoji)}
            className={classes(
              'inline-flex h-7 items-center gap-1.5 rounded-full border px-2 text-sm tabular-nums transition-colors touch:h-9 touch:px-3',
              mine
                ? 'border-accent bg-accent-soft font-medium text-accent-ink'
                : 'border-line bg-canvas hover:border-line-strong hover:bg-hover',
            )}
          >
            <span aria-hidden="true" className="text-base leading-none">
              {emoji}
            </span>
            <span aria-hidden="true">{people.length}</span>
          </button>
        );
      })}
      <EmojiButton
        label="Add reaction"
        onPick={(emoji) => void toggle(emoji)}
        className="rounded-full border border-line"
      >
        <SmilePlus size={15} aria-hidden="true" />
      </EmojiButton>
    </div>
  );
}
