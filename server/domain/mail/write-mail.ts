import { now } from '#server/platform/clock';
import type { Transaction } from '#server/platform/database';
import { processSingleton } from '#server/platform/process-singleton';

/** `text` is plain. After `expiresAt` (stamp) it is of no use to anybody, and is forgotten. */
export type NewMail = { recipient: string; subject: string; text: string; expiresAt: number };

/** Puts a mail into the outbox in the command's own transaction; call `ringMailer` once that has committed. */
export async function writeMail(db: Transaction, mail: NewMail): Promise<void> {
  const at = now();
  await db.mail.create({ data: { ...mail, createdAt: at, nextAttemptAt: at }, select: { id: true } });
}

const bell = processSingleton('mail.bell', () => ({ ring: () => {} }));

/** Tells this process's worker that there is something to send. If nobody hears it, the worker looks by itself. */
export function ringMailer(): void {
  bell.ring();
}

/** The worker's own registration. */
export function onMailWritten(ring: () => void): void {
  bell.ring = ring;
}
