/** What people were told, which is what has to be true afterwards. */
export type History = {
  /** texts whose sending was answered with success */
  acknowledged: Set<string>;
  /** texts that were sent without a key and got no answer: stored once, or not at all */
  unknown: Set<string>;
  /** message id → the last text that an edit was acknowledged for */
  edited: Map<number, string>;
  /** ids of messages whose deletion was acknowledged, with every text they had */
  deleted: Map<number, string[]>;
};

export function newHistory(): History {
  return { acknowledged: new Set(), unknown: new Set(), edited: new Map(), deleted: new Map() };
}

/** A message as it is in the end, and the text it was sent with (null once deleted). */
export type Stored = {
  id: number;
  seq: number;
  /** written by people, not a notice */
  isText: boolean;
  /** first text, as remembered by who sent it; null if nobody does */
  sentAs: string | null;
  text: string | null;
  deleted: boolean;
};

/** What a reader saw arrive, by id, in the order of arrival. */
export type Seen = {
  reader: string;
  ids: readonly number[];
  /** whether it is not told of messages that were deleted before it could be */
  mayMissDeleted?: boolean;
};

/** Everything that is wrong with a history, in words; none for a good one. */
export function faultsOf(history: History, stored: readonly Stored[], seen: readonly Seen[]): string[] {
  return [
    ...storedOnce(history, stored),
    ...lastWord(history, stored),
    ...dense(stored),
    ...seen.flatMap((one) => sawAll(one, stored)),
  ];
}

function storedOnce({ acknowledged, unknown, deleted }: History, stored: readonly Stored[]): string[] {
  const count = new Map<string, number>();
  for (const { sentAs } of stored) if (sentAs !== null) count.set(sentAs, (count.get(sentAs) ?? 0) + 1);
  const goneTexts = new Set([...deleted.values()].flat());
  const faults: string[] = [];
  for (const text of acknowledged) if (!count.has(text) && !goneTexts.has(text)) faults.push(`lost: ${text}`);
  for (const [text, times] of count) {
    if (times > 1) faults.push(`stored ${times} times: ${text}`);
    if (!acknowledged.has(text) && !unknown.has(text)) faults.push(`from nowhere: ${text}`);
  }
  return faults;
}

function lastWord({ edited, deleted }: History, stored: readonly Stored[]): string[] {
  const byId = new Map(stored.map((message) => [message.id, message]));
  const faults: string[] = [];
  for (const id of deleted.keys()) {
    const message = byId.get(id);
    if (!message?.deleted || message.text !== null) faults.push(`not deleted: ${id}`);
  }
  for (const [id, text] of edited) {
    const message = byId.get(id);
    if (message && !message.deleted && message.text !== text) faults.push(`edit lost: ${id} ${text}`);
  }
  return faults;
}

function dense(stored: readonly Stored[]): string[] {
  return stored.flatMap(({ seq }, index) => {
    const before = stored[index - 1]?.seq;
    return before !== undefined && seq !== before + 1 ? [`a hole before place ${seq}`] : [];
  });
}

/** Every message once, in the one order. */
function sawAll({ reader, ids, mayMissDeleted = false }: Seen, stored: readonly Stored[]): string[] {
  const got = new Set(ids);
  const order = stored
    .filter(({ isText, deleted, id }) => isText && !(mayMissDeleted && deleted && !got.has(id)))
    .map(({ id }) => id);
  if (ids.length === order.length && ids.every((id, index) => id === order[index])) return [];
  const known = new Set(order);
  const missed = order.filter((id) => !got.has(id));
  const extra = ids.filter((id) => !known.has(id));
  const repeated = ids.length - got.size;
  return [
    `${reader}: missed ${missed.length} (${missed.slice(0, 3)}), repeated ${repeated}, extra ${extra.length}` +
      (missed.length + repeated + extra.length === 0 ? ', out of order' : ''),
  ];
}
