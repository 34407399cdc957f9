import { describe, expect, test } from 'vitest';
import type { Message, PendingMessage } from '#app/_live/model.ts';
import { buildRows, type RowsInput } from '#app/chat/_timeline/rows.ts';
import { alice, bob, message, START } from '#tests/app/live/samples';

const MINUTE = 60_000_000;

/** A message this many minutes after noon. */
const at = (seq: number, minutes: number, change: Partial<Message> = {}) =>
  message(seq, { createdAt: noon + minutes * MINUTE, ...change });

const noon = new Date(new Date(START / 1000).setHours(12, 0, 0, 0)).getTime() * 1000;
const today = new Date(noon / 1000);

function rows(change: Partial<RowsInput>) {
  const built = buildRows({
    messages: [],
    pending: [],
    hasOlder: true,
    hasNewer: false,
    newAfter: null,
    me: alice,
    today,
    ...change,
  });
  return built.map((row) => {
    if (row.kind === 'beginning') return 'beginning';
    const { lead, isHead } = row;
    const text = row.kind === 'message' ? row.message.seq : row.pending.clientKey;
    return [lead.day, lead.isNew && 'new', isHead ? 'head' : 'follows', text].filter(Boolean).join(' ');
  });
}

describe('rows', () => {
  test('messages of one sender within five minutes stand together', () => {
    const messages = [at(1, 0), at(2, 4), at(3, 9.5), at(4, 10, { sender: alice }), at(5, 10.1)];
    expect(rows({ messages })).toEqual(['Today head 1', 'follows 2', 'head 3', 'head 4', 'head 5']);
  });

  test('a reply and a notice begin a group, and nobody follows a notice', () => {
    const messages = [
      at(1, 0),
      at(2, 1, { replyToId: 101 }),
      at(3, 2),
      at(4, 3, { kind: 'notice', sender: null }),
      at(5, 4),
    ];
    expect(rows({ messages })).toEqual(['Today head 1', 'head 2', 'follows 3', 'head 4', 'head 5']);
  });

  test('replies that live in their thread have no row, those sent to the channel as well stand alone', () => {
    const messages = [
      at(1, 0),
      at(2, 1, { threadRootId: 101, counts: false }),
      at(3, 2, { threadRootId: 101 }),
      at(4, 3),
    ];
    expect(rows({ messages })).toEqual(['Today head 1', 'head 3', 'follows 4']);
    expect(rows({ messages: messages.slice(1, 3), isThread: true, hasOlder: false })).toEqual([
      'Today head 2',
      'follows 3',
    ]);
  });

  test('a bot stands together with itself, under one name, and with nobody else', () => {
    const bot = (seq: number, name: string) => at(seq, seq / 10, { sender: null, bot: { id: 5, name } });
    const messages = [
      bot(1, 'ci'),
      bot(2, 'ci'),
      bot(3, 'deploy'),
      at(4, 0.5, { kind: 'notice', sender: null }),
    ];
    expect(rows({ messages })).toEqual(['Today head 1', 'follows 2', 'head 3', 'head 4']);
  });

  test('a day is named where it begins, and one without messages is not', () => {
    const day = 24 * 60;
    const messages = [at(1, -2 * day), at(2, -day, { deletedAt: noon }), at(3, 0)];
    const [first, second] = rows({ messages });
    expect(first).toMatch(/^\d{1,2} \p{L}+ \d{4} head 1$/u);
    expect(second).toBe('Today head 3');
  });

  test('deleted messages leave no row', () => {
    expect(rows({ messages: [at(1, 0, { deletedAt: noon })] })).toEqual([]);
  });

  test('the line stands above the first unread message by somebody else', () => {
    const messages = [at(1, 0), at(2, 1, { sender: alice }), at(3, 2), at(4, 3)];
    expect(rows({ messages, newAfter: 1 })).toEqual(['Today head 1', 'head 2', 'new head 3', 'follows 4']);
  });

  test('the line is not drawn where older unread messages are still to come', () => {
    const messages = [at(51, 0), at(52, 1)];
    expect(rows({ messages, newAfter: 3 })).toEqual(['Today head 51', 'follows 52']);
  });

  test('the beginning is shown once nothing is older', () => {
    expect(rows({ hasOlder: false })).toEqual(['beginning']);
  });

  const pending = (clientKey: string): PendingMessage => ({
    clientKey,
    conversationId: 7,
    text: 'hello',
    files: [],
    replyToId: null,
    threadRootId: null,
    alsoInChannel: false,
    writtenAt: noon / 1000,
    state: 'sending',
    problem: null,
    sentSeq: 0,
  });

  test('what is being sent stands at the end, and only there', () => {
    const messages = [at(1, 0, { sender: alice })];
    expect(rows({ messages, pending: [pending('k')] })).toEqual(['Today head 1', 'follows k']);
    expect(rows({ messages, pending: [pending('k')], hasNewer: true })).toEqual(['Today head 1']);
  });

  test('a message keeps its row when the server has it', () => {
    const input = { hasOlder: true, hasNewer: false, newAfter: null, me: alice, today };
    const [before] = buildRows({ ...input, messages: [], pending: [pending('k')] });
    const stored = at(1, 0, { sender: alice, clientKey: 'k' });
    const after = buildRows({ ...input, messages: [stored], pending: [pending('k')] });
    expect(after.map(({ key }) => key)).toEqual([before?.key]);
  });

  test("another person's client key is not mine", () => {
    const messages = [at(1, 0, { sender: bob, clientKey: 'k' })];
    expect(
      buildRows({
        messages,
        pending: [],
        hasOlder: true,
        hasNewer: false,
        newAfter: null,
        me: alice,
        today,
      })[0]?.key,
    ).toBe('message:101');
  });
});
