import type { AuditAction, AuditMetadata, AuditTarget } from '#server/domain/audit/audit';
import type { Actor } from '#server/domain/kernel/actor';
import { now } from '#server/platform/clock';
import type { Transaction } from '#server/platform/database';

/** `metadata` holds what the entry must say once its target is gone: names, never addresses or secrets. */
export type AuditDraft = {
  action: AuditAction;
  targetType: AuditTarget;
  targetId?: number;
  metadata?: AuditMetadata;
};

/** Notes what the actor (null: whoever has the machine) does, in the command's own transaction. */
export async function recordAudit(
  db: Transaction,
  actor: Pick<Actor, 'accountId'> | null,
  { action, targetType, targetId, metadata = {} }: AuditDraft,
): Promise<void> {
  await db.auditEntry.create({
    data: {
      action,
      actorId: actor?.accountId ?? null,
      targetType,
      targetId: targetId ?? null,
      metadata,
      createdAt: now(),
    },
    select: { id: true },
  });
}
