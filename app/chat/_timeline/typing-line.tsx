'use client';

import { useTyping } from '#app/_live/hooks.ts';

/** Who is writing. Its room is always there, so nothing moves when somebody begins. */
export function TypingLine({ conversationId }: { conversationId: number }) {
  const people = useTyping(conversationId);
  return (
    <div role="status" className="flex min-w-0 items-center gap-2 text-xs text-ink-muted">
      {people.length > 0 && (
        <>
          <span aria-hidden="true" className="typing-dots">
            <span />
            <span />
            <span />
          </span>
          <span className="truncate">{words(people.map((person) => person.name))}</span>
        </>
      )}
    </div>
  );
}

function words(names: string[]): string {
  const [first, second, ...others] = names;
  if (others.length > 0) return 'Several people are typing';
  return second ? `${first} and ${second} are typing` : `${first} is typing`;
}
