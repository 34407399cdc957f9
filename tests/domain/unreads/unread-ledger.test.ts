import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { transaction } from '#server/domain/kernel/transaction';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { postNotice } from '#server/domain/messages/post-notice';
import { sendMessage } from '#server/domain/messages/send-message';
import { pruneMessages } from '#server/domain/retention/prune-messages';
import { markRead } from '#server/domain/unreads/mark-read';
import { markUnread } from '#server/domain/unreads/mark-unread';
import { unreadCounts } from '#server/domain/unreads/unread-counts';
import { type Cast, gatherCast, makeConversation } from '#tests/support/cast';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});

type Entry = {
  id: number;
  seq: number;
  sender: Actor | null;
  counts: boolean;
  live: boolean;
  createdAt: number;
};

/** What everybody has unread, kept the slow and certain way: by going through all messages. */
class Ledger {
  readonly entries: Entry[] = [];
  private readonly marks = new Map<Actor, number>();

  markOf(actor: Actor): number {
    return this.marks.get(actor) ?? 0;
  }

  move(actor: Actor, seq: number): void {
    this.marks.set(actor, seq);
  }

  unreadOf(actor: Actor): number {
    return this.entries.filter(
      (entry) => entry.seq > this.markOf(actor) && entry.counts && entry.live && entry.sender !== actor,
    ).length;
  }

  get lastSeq(): number {
    return this.entries.at(-1)?.seq ?? 0;
  }
}

const command = fc.record({
  what: fc.constantFrom(
    'send',
    'send',
    'send',
    'reply',
    'notice',
    'delete',
    'read',
    'read all',
    'unread',
    'prune',
  ),
  who: fc.nat(2),
  which: fc.nat(30),
});

it('unread counts equal a ledger that goes through every message, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 30 }), async (commands) => {
      const people = [cast.alice, cast.bob, cast.carol];
      const conversationId = await makeConversation({ members: people });
      const ledger = new Ledger();
      let pruned = 0;
      for (const { what, who, which } of commands) {
        const actor = people[who] as Actor;
        const kept = ledger.entries.filter((entry) => entry.seq > pruned);
        const entry = kept.length > 0 ? kept[which % kept.length] : undefined;
        if (what === 'prune') {
          if (entry && entry.createdAt > 0 && which % 3 === 0) pruned = await prune(ledger, entry, people);
        } else {
          await run(ledger, conversationId, { what, actor, entry });
        }
        for (const reader of people) {
          const counts = await unreadCounts(reader);
          expect(counts.find((count) => count.conversationId === conversationId)).toMatchObject({
            unread: ledger.unreadOf(reader),
            readSeq: ledger.markOf(reader),
            lastSeq: ledger.lastSeq,
          });
        }
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);

async function run(
  ledger: Ledger,
  conversationId: number,
  { what, actor, entry }: { what: string; actor: Actor; entry: Entry | undefined },
): Promise<void> {
  if (what === 'send' || what === 'reply') {
    const root = ledger.entries.find((one) => one.live && one.counts && one === entry);
    const threadRootId = what === 'reply' ? root?.id : undefined;
    const entries = [{ text: 'one' }, { text: 'two' }];
    const sent = await sendMessage(actor, { conversationId, entries, threadRootId });
    const counts = threadRootId === undefined;
    for (const message of sent) ledger.entries.push({ ...message, sender: actor, counts, live: true });
    if (counts) ledger.move(actor, ledger.lastSeq);
  } else if (what === 'notice') {
    const id = await transaction((db) => postNotice(db, conversationId, 'hear, hear'));
    ledger.entries.push({
      id,
      seq: ledger.lastSeq + 1,
      sender: null,
      counts: false,
      live: true,
      createdAt: 0,
    });
  } else if (what === 'read all') {
    await markRead(actor, { conversationId });
    ledger.move(actor, ledger.lastSeq);
  } else if (entry && what === 'delete' && entry.sender) {
    await deleteMessage(entry.sender, { messageId: entry.id });
    entry.live = false;
  } else if (entry && what === 'read') {
    await markRead(actor, { conversationId, seq: entry.seq });
    ledger.move(actor, Math.max(ledger.markOf(actor), entry.seq));
  } else if (entry && what === 'unread') {
    await markUnread(actor, { conversationId, seq: entry.seq });
    ledger.move(actor, Math.min(ledger.markOf(actor), entry.seq - 1));
  }
}

/** Retention takes everything up to the send an entry belongs to. */
async function prune(ledger: Ledger, { createdAt }: Entry, people: readonly Actor[]): Promise<number> {
  await pruneMessages(createdAt + 1);
  const gone = ledger.entries.filter((entry) => entry.createdAt > 0 && entry.createdAt <= createdAt);
  const pruned = Math.max(...gone.map((entry) => entry.seq));
  for (const entry of ledger.entries) if (entry.seq <= pruned) entry.live = false;
  for (const actor of people) ledger.move(actor, Math.max(ledger.markOf(actor), pruned));
  return pruned;
}
