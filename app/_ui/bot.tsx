import { Bot } from 'lucide-react';
import { classes } from '#app/_ui/classes.ts';

/** The name of a program that writes messages, and that it is one. */
export function BotName({ name }: { name: string }) {
  return (
    <span className="flex min-w-0 items-baseline gap-1.5">
      <span className="truncate font-semibold">{name}</span>
      <BotBadge />
    </span>
  );
}

export function BotBadge() {
  return (
    <span className="shrink-0 rounded-sm bg-pressed px-1 text-[0.6875rem] leading-4 font-semibold text-ink-muted">
      BOT
    </span>
  );
}

/** Programs have no picture of their own, and no profile. */
export function BotPicture({ className = '' }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classes(
        'flex shrink-0 items-center justify-center rounded-control bg-pressed text-ink-muted',
        className.includes('size-') ? className : `size-9 ${className}`,
      )}
    >
      <Bot size={20} />
    </span>
  );
}
