import { classes } from '#app/_ui/classes.ts';

/** How many unread; nothing at zero, "99+" beyond two digits. Decoration: the number is part of a name beside it. */
export function Badge({ count, strong = false }: { count: number; strong?: boolean }) {
  if (count === 0) return null;
  return (
    <span
      aria-hidden="true"
      className={classes(
        'min-w-5 shrink-0 rounded-full px-1.5 text-center text-xs leading-5 font-semibold tabular-nums',
        strong ? 'bg-danger text-on-danger' : 'bg-accent text-on-accent',
      )}
    >
      {count > 99 ? '99+' : count}
    </span>
  );
}
