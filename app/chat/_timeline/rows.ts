import type { Message, PendingMessage, Person } from '#app/_live/model.ts';
import { dateOf, dayName, isSameDay } from '#app/chat/_timeline/time.ts';

/** Messages of one sender within this many microseconds stand together under one name. */
const GROUP_SPAN = 300_000_000;

export type MessageRowData = { kind: 'message'; key: string; message: Message; isHead: boolean };
export type PendingRowData = { kind: 'pending'; key: string; pending: PendingMessage; isHead: boolean };

export type Row =
  /** older messages are on their way */
  | { kind: 'older'; key: string }
  /** nothing is older */
  | { kind: 'beginning'; key: string }
  | { kind: 'day'; key: string; label: string }
  | { kind: 'new'; key: string }
  | MessageRowData
  | PendingRowData;

export type RowsInput = {
  messages: readonly Message[];
  pending: readonly PendingMessage[];
  hasOlder: boolean;
  hasNewer: boolean;
  /** messages after this `seq` are new to me; null draws no line */
  newAfter: number | null;
  me: Person;
  today: Date;
};

/**
 * What the timeline shows, top to bottom. Deleted messages leave no row, and a day without rows no divider. A row
 * keeps its key when a pending message becomes a real one, so that it stays where it is.
 */
export function buildRows(input: RowsInput): Row[] {
  const { messages, hasOlder, hasNewer, newAfter, me, today } = input;
  const rows: Row[] = [hasOlder ? { kind: 'older', key: 'older' } : { kind: 'beginning', key: 'beginning' }];
  let before: { date: Date; stamp: number; senderId: number | null } | null = null;
  // With older unread messages still unloaded, the line belongs further up than these rows reach.
  const reachesLine = !hasOlder || (messages[0]?.seq ?? 0) <= (newAfter ?? 0) + 1;
  let isLineDrawn = newAfter === null || !reachesLine;

  /** The dividers above an entry; answers whether the entry begins a group. */
  const lead = (date: Date, stamp: number, senderId: number | null, standsAlone: boolean, isNew: boolean) => {
    const isOtherDay = !before || !isSameDay(before.date, date);
    if (isOtherDay)
      rows.push({ kind: 'day', key: `day:${date.toDateString()}`, label: dayName(date, today) });
    const drawsLine = isNew && !isLineDrawn;
    if (drawsLine) {
      rows.push({ kind: 'new', key: 'new' });
      isLineDrawn = true;
    }
    const follows =
      before !== null &&
      senderId !== null &&
      before.senderId === senderId &&
      stamp - before.stamp <= GROUP_SPAN;
    before = { date, stamp, senderId };
    return isOtherDay || drawsLine || standsAlone || !follows;
  };

  const shownKeys = new Set<string>();
  for (const message of messages) {
    if (message.deletedAt !== null) continue;
    const senderId = message.sender?.id ?? null;
    const isNew = newAfter !== null && message.seq > newAfter && senderId !== me.id;
    const standsAlone = message.replyToId !== null;
    const isHead = lead(dateOf(message.createdAt), message.createdAt, senderId, standsAlone, isNew);
    rows.push({ kind: 'message', key: keyOf(message, me.id), message, isHead });
    if (message.clientKey) shownKeys.add(message.clientKey);
  }
  // Further up in the past, what I am sending right now belongs elsewhere.
  if (hasNewer) return rows;
  for (const pending of input.pending) {
    if (shownKeys.has(pending.clientKey)) continue;
    const stamp = pending.writtenAt * 1000;
    const isHead = lead(new Date(pending.writtenAt), stamp, me.id, pending.replyToId !== null, false);
    rows.push({ kind: 'pending', key: `own:${pending.clientKey}`, pending, isHead });
  }
  return rows;
}

function keyOf(message: Message, myId: number): string {
  return message.clientKey && message.sender?.id === myId
    ? `own:${message.clientKey}`
    : `message:${message.id}`;
}

/** Where the message with this id is among the rows; -1 if it has none. */
export function indexOfMessage(rows: readonly Row[], messageId: number): number {
  return rows.findIndex((row) => row.kind === 'message' && row.message.id === messageId);
}

/** Where the first message after `seq` is, its "New messages" line included; -1 if it has none. */
export function indexAfter(rows: readonly Row[], seq: number): number {
  const index = rows.findIndex((row) => row.kind === 'message' && row.message.seq > seq);
  return rows[index - 1]?.kind === 'new' ? index - 1 : index;
}
