import type { Person } from '#server/domain/kernel/actor';
import type { PresenceState } from '#server/platform/database';

/** What somebody chose to be seen as. */
export type PresenceOverride = 'active' | 'idle' | 'offline';

/** `state` is what others see: the override, else what the client last reported. `lastSeenAt` is a stamp. */
export type PresenceView = { person: Person; state: PresenceState; lastSeenAt: number };

/** How long a report counts, in microseconds. Until then the state is believed: clients say when they leave. */
export const PRESENCE_WINDOW = 3_600_000_000;
