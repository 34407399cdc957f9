import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { sendSignal } from '#server/domain/kernel/signals';
import { wakeHub } from '#server/domain/kernel/wake';
import { now } from '#server/platform/clock';
import { sql } from '#server/platform/database';

/** without `seq`: everything */
export const MarkRead = z.object({ conversationId: Id, seq: z.int().nonnegative().optional() });
export type MarkRead = z.input<typeof MarkRead>;

type Mark = { readSeq: number; readStamp: number; moved: boolean };

const MARK_READ = `
  SELECT read_seq AS "readSeq", read_stamp AS "readStamp", moved
  FROM mark_read($1::bigint, $2::bigint, $3::int, $4::bigint)`;

const MAX_SEQ = 2 ** 31 - 1;

/**
 * Moves the actor's read mark forward to a message, or to the newest one; never back. The actor's other devices
 * learn of it by an event, the members by a receipt. `not_found/conversation` where they don't take part.
 */
export async function markRead(actor: Actor, { conversationId, seq }: MarkRead): Promise<void> {
  const { accountId } = actor;
  const target = seq === undefined ? null : Math.min(seq, MAX_SEQ);
  const [mark] = await sql<Mark>('unreads.mark', MARK_READ, [accountId, conversationId, target, now()]);
  refuseUnless(mark, 'not_found', 'conversation');
  if (!mark.moved) return;
  wakeHub.now();
  const { readSeq, readStamp } = mark;
  sendSignal({ type: 'receipt', conversationId, accountId, readSeq, readStamp });
}
