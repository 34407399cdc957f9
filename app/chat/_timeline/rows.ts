import type { Message, PendingMessage, Person } from '#app/_live/model.ts';
import { isShown } from '#app/_live/shown.ts';
import { dateOf, dayName, isSameDay } from '#app/chat/_timeline/time.ts';

/** Messages of one sender within this many microseconds stand together under one name. */
const GROUP_SPAN = 300_000_000;

/** What stands above an entry: a day begins, the unread part begins. */
export type Lead = { day: string | null; isNew: boolean };

/**
 * The dividers are part of the entry below them, and not rows of their own: a row that moved when older messages come
 * could not hold the scroll position.
 */
type Entry = { key: string; lead: Lead; isHead: boolean };

export type PlacedRow =
  /** nothing is older */
  | { kind: 'beginning'; key: string }
  | (Entry & { kind: 'message'; message: Message })
  | (Entry & { kind: 'pending'; pending: PendingMessage });

/** A list of rows may begin with the message that a thread begins with. */
export type Row = PlacedRow | { kind: 'root'; key: string; message: Message };

export type RowsInput = {
  messages: readonly Message[];
  pending: readonly PendingMessage[];
  hasOlder: boolean;
  hasNewer: boolean;
  /** messages after this `seq` are new to me; null draws no line */
  newAfter: number | null;
  /** the messages are replies of one thread, which all belong here */
  isThread?: boolean;
  me: Person;
  today: Date;
};

/**
 * What the timeline shows, top to bottom. Deleted messages leave no row, and a day without rows no divider. A row
 * keeps its key when a pending message becomes a real one, so that it stays where it is.
 */
export function buildRows(input: RowsInput): PlacedRow[] {
  const { messages, hasOlder, hasNewer, newAfter, isThread = false, me, today } = input;
  const rows: PlacedRow[] = hasOlder || isThread ? [] : [{ kind: 'beginning', key: 'beginning' }];
  let before: { date: Date; stamp: number; author: string | null } | null = null;
  // With older unread messages still unloaded, the line belongs further up than these rows reach.
  const reachesLine = !hasOlder || (messages[0]?.seq ?? 0) <= (newAfter ?? 0) + 1;
  let isLineDrawn = newAfter === null || !reachesLine;

  /** What stands above an entry, and whether it begins a group. */
  const place = (date: Date, stamp: number, author: string | null, standsAlone: boolean, isNew: boolean) => {
    const isOtherDay = !before || !isSameDay(before.date, date);
    const drawsLine = isNew && !isLineDrawn;
    if (drawsLine) isLineDrawn = true;
    const follows =
      before !== null && author !== null && before.author === author && stamp - before.stamp <= GROUP_SPAN;
    before = { date, stamp, author };
    return {
      lead: { day: isOtherDay ? dayName(date, today) : null, isNew: drawsLine },
      isHead: isOtherDay || drawsLine || standsAlone || !follows,
    };
  };

  const shownKeys = new Set<string>();
  for (const message of messages) {
    if (isThread ? message.deletedAt !== null : !isShown(message)) continue;
    const isNew = newAfter !== null && message.seq > newAfter && message.sender?.id !== me.id;
    const isReply = message.replyToId !== null || (message.threadRootId !== null && !isThread);
    const placed = place(dateOf(message.createdAt), message.createdAt, authorOf(message), isReply, isNew);
    rows.push({ kind: 'message', key: keyOf(message, me.id), message, ...placed });
    if (message.clientKey) shownKeys.add(message.clientKey);
  }
  // Further up in the past, what I am sending right now belongs elsewhere.
  if (hasNewer) return rows;
  for (const pending of input.pending) {
    if (shownKeys.has(pending.clientKey)) continue;
    const isReply = pending.replyToId !== null;
    const placed = place(
      new Date(pending.writtenAt),
      pending.writtenAt * 1000,
      `person:${me.id}`,
      isReply,
      false,
    );
    rows.push({ kind: 'pending', key: `own:${pending.clientKey}`, pending, ...placed });
  }
  return rows;
}

/** Whose messages stand together: a person's, or a bot's under one name; notices stand alone. */
function authorOf({ sender, bot }: Message): string | null {
  if (sender) return `person:${sender.id}`;
  return bot && `bot:${bot.id}:${bot.name}`;
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

/** Where the first message after `seq` is; -1 if it has none. */
export function indexAfter(rows: readonly Row[], seq: number): number {
  return rows.findIndex((row) => row.kind === 'message' && row.message.seq > seq);
}
