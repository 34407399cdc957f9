import { requireAdministrator } from '#server/domain/accounts/administration';
import type { Actor } from '#server/domain/kernel/actor';
import { now } from '#server/platform/clock';
import { plain, prisma } from '#server/platform/database';

/** A mail as administrators see it. Stamps. */
export type OutboxMail = {
  id: number;
  recipient: string;
  subject: string;
  /** null once it was sent or is of no use any more, and for administrators if it would let them in as an owner */
  text: string | null;
  state: 'waiting' | 'sent' | 'failed';
  attempts: number;
  lastError: string | null;
  createdAt: number;
  sentAt: number | null;
};

/** `before`: only mails older than the one of this id. */
export type ListOutbox = { before?: number | undefined; limit?: number | undefined };

/**
 * What was written to people, the newest first: without a mail server this is where an administrator finds the links
 * to hand on. Refuses `forbidden` `not_an_administrator`.
 */
export async function listOutbox(actor: Actor, { before, limit = 50 }: ListOutbox): Promise<OutboxMail[]> {
  await requireAdministrator(actor);
  const rows = await prisma.mail.findMany({
    where: before === undefined ? {} : { id: { lt: before } },
    orderBy: { id: 'desc' },
    take: Math.min(Math.max(limit, 1), 200),
    omit: { nextAttemptAt: true },
  });
  const hidden = actor.role === 'owner' ? new Set<string>() : await ownersAddresses();
  const at = now();
  return plain(rows).map(({ text, expiresAt, ...mail }) => {
    const isReadable = expiresAt > at && !hidden.has(mail.recipient);
    return { ...mail, text: isReadable ? text : null };
  });
}

async function ownersAddresses(): Promise<Set<string>> {
  const owners = await prisma.account.findMany({ where: { role: 'owner' }, select: { email: true } });
  return new Set(owners.flatMap(({ email }) => email ?? []));
}
