import { describe, expect, it } from 'vitest';
import type { Standing } from '#app/_live/model.ts';
import { arrivals, threadArrivals } from '#app/chat/_shell/attention/arrivals.ts';
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

describe('arrivals in threads', () => {
  const standing = (change: Partial<Standing> = {}): Standing => {
    return { rootId: 9, conversationId: 1, following: true, readSeq: 3, unread: 0, lastAt: 10, ...change };
  };
  const of = (one: Standing) => new Map([[9, one]]);

  it('are what comes in where I follow', () => {
    const came = of(standing({ unread: 1, lastAt: 11 }));
    expect(threadArrivals(of(standing()), came)).toEqual([
      { conversationId: 1, mentionsMe: false, rootId: 9 },
    ]);
    expect(threadArrivals(new Map(), came)).toHaveLength(1);
  });

  it('are nothing where I do not follow, and nothing that was there', () => {
    const other = standing({ unread: 1, lastAt: 11, following: false });
    expect(threadArrivals(of(standing()), of(other))).toEqual([]);
    const marked = of(standing({ unread: 2 }));
    expect(threadArrivals(of(standing({ unread: 1 })), marked)).toEqual([]);
    expect(threadArrivals(of(standing({ unread: 3 })), of(standing({ unread: 2, lastAt: 11 })))).toEqual([]);
  });
});
