import { z } from '@hono/zod-openapi';
import { millisecondsOf } from '#server/dialects/mikrochat/present';
import type { AuditEntry } from '#server/domain/audit/audit';

export const AuditEntryJson = z
  .strictObject({
    id: z.string(),
    action: z.string(),
    actorId: z.string().optional(),
    targetType: z.string(),
    targetId: z.string().optional(),
    metadata: z.record(z.string(), z.unknown()).optional(),
    createdAt: z.int(),
  })
  .openapi('AuditEntry');

export function presentAuditEntry(entry: AuditEntry): z.output<typeof AuditEntryJson> {
  return {
    id: String(entry.id),
    action: entry.action,
    ...(entry.actor && { actorId: String(entry.actor.id) }),
    targetType: entry.targetType,
    ...(entry.targetId !== null && { targetId: String(entry.targetId) }),
    metadata: entry.metadata,
    createdAt: millisecondsOf(entry.createdAt),
  };
}
