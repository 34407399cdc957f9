import { now } from '#server/platform/clock';
import { plain, prisma } from '#server/platform/database';
import { loginSettings } from '#server/platform/settings';

/** A mail that a worker has taken out of the outbox to send. */
export type TakenMail = { id: number; recipient: string; subject: string; text: string; attempts: number };

const SECOND = 1_000_000;
const DAY = 24 * 3_600 * SECOND;

/** How long a taken mail is nobody else's: if its worker dies, another takes it then. */
const LEASE = 120 * SECOND;

/** How long what became of a mail can be looked up. */
const KEPT = 30 * DAY;

/** Takes mails that are due, the oldest first. Workers in any number of processes never take the same one. */
export async function takeDueMails(limit: number): Promise<TakenMail[]> {
  const at = now();
  const rows = await prisma.$queryRaw<TakenMail[]>`
    UPDATE mail SET attempts = attempts + 1, next_attempt_at = ${at + LEASE}
    WHERE id IN (
      SELECT id FROM mail
      WHERE state = 'waiting' AND next_attempt_at <= ${at} AND text IS NOT NULL AND expires_at > ${at}
      ORDER BY next_attempt_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id, recipient, subject, text, attempts`;
  return plain(rows).sort((a, b) => a.id - b.id);
}

/** It has gone out: what it said is nobody's business any more. */
export async function noteSent({ id }: TakenMail): Promise<void> {
  const data = { state: 'sent', sentAt: now(), text: null, lastError: null } as const;
  await prisma.mail.updateMany({ where: { id }, data });
}

/** It has not. It is tried again later each time, `email.maxRetries` times; `why` is in the mail server's words. */
export async function noteFailure({ id, attempts }: TakenMail, why: string): Promise<void> {
  const isLast = attempts > loginSettings().email.maxRetries;
  await prisma.mail.updateMany({
    where: { id },
    data: {
      lastError: why.slice(0, 500),
      ...(isLast ? { state: 'failed' } : { nextAttemptAt: now() + patience(attempts) }),
    },
  });
}

/** A quarter of a minute, then four times as long each time, an hour at most. */
function patience(attempts: number): number {
  return Math.min(15 * 4 ** (attempts - 1), 3_600) * SECOND;
}

/** Forgets what mails said whose links no longer work, and old mails altogether. */
export async function tidyOutbox(): Promise<{ emptied: number; removed: number }> {
  const at = now();
  const emptied = await prisma.mail.updateMany({
    where: { expiresAt: { lte: at }, text: { not: null } },
    data: { text: null },
  });
  await prisma.mail.updateMany({ where: { state: 'waiting', text: null }, data: { state: 'failed' } });
  const removed = await prisma.mail.deleteMany({ where: { createdAt: { lte: at - KEPT } } });
  return { emptied: emptied.count, removed: removed.count };
}
