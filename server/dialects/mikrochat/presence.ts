import { z } from '@hono/zod-openapi';
import { millisecondsOf } from '#server/dialects/mikrochat/present';

export const Status = z.enum(['online', 'away', 'offline']);
export type Status = z.output<typeof Status>;

export const PresenceJson = z
  .strictObject({ userId: z.string(), status: Status, lastSeen: z.int() })
  .openapi('Presence');

/** What a client says of somebody, in the domain's words; the tab in the background is one of them. */
const STATUSES = { active: 'online', idle: 'away', hidden: 'away', offline: 'offline' } as const;
export const STATES = { online: 'active', away: 'idle', offline: 'offline' } as const;

/** `seenAt` is a stamp. */
export function presentPresence(accountId: number, state: keyof typeof STATUSES, seenAt: number) {
  return { userId: String(accountId), status: STATUSES[state], lastSeen: millisecondsOf(seenAt) };
}
