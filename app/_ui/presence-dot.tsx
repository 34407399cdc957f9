import { classes } from '#app/_ui/classes.ts';

export type PresenceShown = 'active' | 'idle' | 'hidden' | 'offline';

const words: Record<PresenceShown, string> = {
  active: 'online',
  idle: 'away',
  hidden: 'away',
  offline: 'offline',
};

/** What presence is called: "online", "away" or "offline". */
export function presenceWord(state: PresenceShown): string {
  return words[state];
}

const looks: Record<string, string> = {
  online: 'bg-presence-active',
  away: 'bg-presence-idle',
  offline: 'border-2 border-presence-offline bg-sunken',
};

/** A dot; offline is hollow, so that the difference does not rest on colour alone. */
export function PresenceDot({ state, className }: { state: PresenceShown; className?: string }) {
  return <span className={classes('size-2.5 rounded-full', looks[presenceWord(state)], className)} />;
}
