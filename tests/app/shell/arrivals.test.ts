import { expect, it } from 'vitest';
import { arrivals } from '#app/chat/_shell/attention/arrivals.ts';
import { pageTitle } from '#app/chat/_shell/attention/page-title.ts';
import { view } from '#tests/support/conversation-views';

const mapOf = (...views: ReturnType<typeof view>[]) => new Map(views.map((one) => [one.id, one]));
const before = mapOf(view({ id: 1, lastSeq: 5, unread: 2 }), view({ id: 2, lastSeq: 9 }));

it('news is what raises the unread number by something newer', () => {
  const after = mapOf(view({ id: 1, lastSeq: 6, unread: 3 }), view({ id: 2, lastSeq: 9 }));
  expect(arrivals(before, after)).toEqual([{ conversationId: 1, mentionsMe: false }]);
});

it('a mention is known as one', () => {
  const after = mapOf(view({ id: 1, lastSeq: 6, unread: 3, mentions: 1 }));
  expect(arrivals(before, after)).toEqual([{ conversationId: 1, mentionsMe: true }]);
});

it('reading, marking unread and my own messages are no news', () => {
  expect(arrivals(before, mapOf(view({ id: 1, lastSeq: 5, unread: 0 })))).toEqual([]);
  expect(arrivals(before, mapOf(view({ id: 1, lastSeq: 5, unread: 4 })))).toEqual([]);
  expect(arrivals(before, mapOf(view({ id: 2, lastSeq: 10, unread: 0 })))).toEqual([]);
  expect(arrivals(before, before)).toEqual([]);
});

it('the title counts what is unread, and no zero', () => {
  expect(pageTitle(3, 'general')).toBe('(3) general · Parley');
  expect(pageTitle(0, 'general')).toBe('general · Parley');
  expect(pageTitle(1, null)).toBe('(1) Parley');
});
