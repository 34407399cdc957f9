import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isRefusal } from '#server/domain/kernel/refusal';
import type { Message } from '#server/domain/messages/message';
import { type SendMessage, sendMessage } from '#server/domain/messages/send-message';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { plain, prisma, type Transaction } from '#server/platform/database';
import { sendByPrisma } from '#tests/domain/messages/send-message.twin';
import { type Cast, gatherCast, makeConversation, makeFile } from '#tests/support/cast';

let cast: Cast;
let places: number[];
beforeAll(async () => {
  holdClock();
  cast = await gatherCast();
  const news = await makeConversation({ name: 'news', adminsOnly: true, members: [cast.alice, cast.carol] });
  places = [cast.general, cast.secret, cast.direct, news];
});
afterAll(releaseClock);

const word = fc.constantFrom(
  '@bob',
  '(@CAROL)',
  '@Everyone',
  '@mallory,',
  '@nobody',
  'x@bob.com',
  'https://a.b/@bob',
  'hello',
  '😀',
  '\0',
  '\ud800',
  '  ',
);
const entry = fc.record(
  {
    text: fc.array(word, { maxLength: 5 }).map((words) => words.join(' ')),
    files: fc.array(fc.constantFrom('mine', 'mine', 'theirs', 'taken' as const), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const send = fc.record(
  {
    who: fc.nat(4),
    where: fc.nat(3),
    entries: fc.array(entry, { maxLength: 3 }),
    replyToId: fc.integer(),
    root: fc.nat(5),
    alsoInChannel: fc.boolean(),
    clientKey: fc.constantFrom('a', 'b', 'c'),
    pause: fc.nat(3),
  },
  { requiredKeys: ['who', 'where', 'entries', 'pause'] },
);

it('sending agrees with its twin in Prisma, in what it answers and in what it leaves behind', async () => {
  const seen: number[] = [];
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(send, { minLength: 1, maxLength: 8 }), async (sends) => {
      for (const { who, where, root, entries, pause, ...rest } of sends) {
        advanceClock(pause);
        const actor = cast.everyone[who] as (typeof cast.everyone)[number];
        const input: SendMessage = {
          ...rest,
          conversationId: places[where] as number,
          threadRootId: root === undefined ? undefined : seen.at(-root - 1),
          entries: await Promise.all(
            entries.map(async (one) => ({ text: one.text, fileIds: await filesFor(actor, one) })),
          ),
        };
        const twin = await rolledBack(async (db) => [
          await outcome(sendByPrisma(db, actor, input)),
          await state(db),
        ]);
        const real = [await outcome(sendMessage(actor, input)), await prisma.$transaction(state)];
        expect(real).toEqual(twin);
        outcomes.add(typeof real[0] === 'string' ? real[0] : 'stored');
        seen.push(
          ...plain(await prisma.message.findMany({ orderBy: { id: 'desc' }, take: 1 })).map(({ id }) => id),
        );
      }
    }),
    { numRuns: 25 },
  );
  // a property that only ever met refusals would prove nothing
  expect([...outcomes]).toEqual(
    expect.arrayContaining(['stored', 'invalid/empty', 'not_found/conversation']),
  );
}, 120_000);

async function filesFor(actor: Cast['alice'], { files }: { files?: ('mine' | 'theirs' | 'taken')[] }) {
  if (!files) return undefined;
  const other = actor === cast.alice ? cast.bob : cast.alice;
  return Promise.all(
    files.map(async (whose) => {
      if (whose !== 'taken') return makeFile(whose === 'mine' ? actor : other);
      const taken = await prisma.file.findFirst({
        where: { uploaderId: actor.accountId, messageId: { not: null } },
      });
      return taken ? Number(taken.id) : makeFile(actor);
    }),
  );
}

/** What came out, without the ids of messages: the twin's were given out and rolled back. */
async function outcome(work: Promise<Message[]>): Promise<unknown> {
  try {
    return (await work).map(({ id: _, ...message }) => message);
  } catch (error) {
    if (isRefusal(error)) return `${error.kind}/${error.reason}`;
    throw error;
  }
}

async function state(db: Transaction) {
  const [newest] = await db.event.findMany({ orderBy: { id: 'desc' }, take: 1 });
  const { messageIds, ...payload } = (newest?.payload ?? {}) as { messageIds?: number[] };
  return plain({
    conversations: await db.conversation.findMany({ orderBy: { id: 'asc' } }),
    memberships: await db.membership.findMany({ orderBy: [{ conversationId: 'asc' }, { accountId: 'asc' }] }),
    messages: await db.message.count(),
    roots: await db.message.findMany({ where: { threadCount: { gt: 0 } }, orderBy: { id: 'asc' } }),
    attached: await db.file.findMany({
      where: { messageId: { not: null } },
      orderBy: { id: 'asc' },
      select: { id: true, position: true },
    }),
    events: await db.event.count(),
    newest: {
      type: newest?.type,
      to: newest?.conversationId,
      at: newest?.createdAt,
      messages: messageIds?.length,
      payload,
    },
  });
}

async function rolledBack<T>(work: (db: Transaction) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  const undo = new Error('undo');
  await prisma
    .$transaction(async (db) => {
      result = { value: await work(db) };
      throw undo;
    })
    .catch((error) => {
      if (error !== undo) throw error;
    });
  if (!result) throw new Error('the twin did not finish');
  return result.value;
}
