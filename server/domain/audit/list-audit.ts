import { personFields, presentPerson } from '#server/domain/accounts/account';
import { requireAdministrator } from '#server/domain/accounts/administration';
import {
  AUDIT_ACTIONS,
  type AuditAction,
  type AuditCategory,
  type AuditEntry,
  type AuditMetadata,
  type AuditTarget,
  categoryOf,
} from '#server/domain/audit/audit';
import type { Actor, Person } from '#server/domain/kernel/actor';
import { type Plain, type Prisma, plain, prisma } from '#server/platform/database';

/** `action` matches nothing when there is no such action; `from` and `to` are stamps, both inclusive. */
export type ListAudit = {
  limit?: number;
  offset?: number;
  category?: AuditCategory;
  action?: string;
  from?: number;
  to?: number;
};

export type AuditPage = {
  /** newest first */
  entries: AuditEntry[];
  /** of all that match */
  total: number;
  limit: number;
  offset: number;
  hasMore: boolean;
};

const DEFAULT = 25;
const MOST = 100;

/** A page of the log. Refuses `forbidden` `not_an_administrator`. A limit outside 1 to 100 is brought inside. */
export async function listAudit(actor: Actor, filter: ListAudit = {}): Promise<AuditPage> {
  await requireAdministrator(actor);
  const limit = Math.min(Math.max(Math.trunc(filter.limit ?? DEFAULT), 1), MOST);
  const offset = Math.max(Math.trunc(filter.offset ?? 0), 0);
  const where = wanted(filter);
  const [rows, total] = await Promise.all([
    prisma.auditEntry.findMany({ where, orderBy: { id: 'desc' }, skip: offset, take: limit }),
    prisma.auditEntry.count({ where }),
  ]);
  const entries = await presented(plain(rows));
  return { entries, total, limit, offset, hasMore: offset + entries.length < total };
}

/** The whole log, oldest first, in pages. Whoever asks has made sure that it may be read. */
export async function* unscopedAudit(pageSize: number): AsyncGenerator<AuditEntry[]> {
  for (let after = 0; ; ) {
    const rows = await prisma.auditEntry.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: pageSize,
    });
    if (rows.length === 0) return;
    const entries = await presented(plain(rows));
    yield entries;
    after = entries.at(-1)?.id ?? after;
  }
}

function wanted({ category, action, from, to }: ListAudit): Prisma.AuditEntryWhereInput {
  const actions = AUDIT_ACTIONS.filter(
    (one) => (!category || categoryOf(one) === category) && (!action || one === action),
  );
  return { action: { in: actions }, createdAt: { gte: from, lte: to } };
}

type Row = Plain<Prisma.AuditEntryGetPayload<object>>;

async function presented(rows: readonly Row[]): Promise<AuditEntry[]> {
  const people = await peopleOf(rows.flatMap(({ actorId }) => actorId ?? []));
  return rows.map(({ actorId, ...row }) => ({
    ...row,
    action: row.action as AuditAction,
    targetType: row.targetType as AuditTarget,
    metadata: row.metadata as AuditMetadata,
    actor: actorId === null ? null : (people.get(actorId) ?? null),
  }));
}

async function peopleOf(ids: readonly number[]): Promise<Map<number, Person>> {
  const rows = await prisma.account.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: personFields,
  });
  return new Map(plain(rows).map((row) => [row.id, presentPerson(row)]));
}
