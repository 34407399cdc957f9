import { describe, expect, it } from 'vitest';
import { inOrder, neighbour, sectionsOf } from '#app/chat/_shell/sidebar/sections.ts';
import { direct, privateChannel, view } from '#tests/support/conversation-views';

const idsOf = (list: readonly { id: number }[]) => list.map(({ id }) => id);

describe('the list of conversations', () => {
  it('keeps the configured order, then names, then the newest activity', () => {
    const sections = sectionsOf(
      [
        view({ id: 1, position: 2 }),
        view({ id: 2, position: 1 }),
        privateChannel({ id: 3, name: 'zebra' }),
        privateChannel({ id: 4, name: 'Apple' }),
        direct({ id: 5, lastSeq: 1, lastSentAt: 10 }, 'a'),
        direct({ id: 6, lastSeq: 1, lastSentAt: 20 }, 'b'),
      ],
      null,
    );
    expect(idsOf(inOrder(sections))).toEqual([2, 1, 4, 3, 6, 5]);
  });

  it('leaves out direct conversations that are closed or empty, unless they are open', () => {
    const hidden = direct({ id: 1, lastSeq: 3, hidden: true }, 'a');
    const empty = direct({ id: 2 }, 'b');
    expect(sectionsOf([hidden, empty], null).direct).toEqual([]);
    expect(idsOf(sectionsOf([hidden, empty], 1).direct)).toEqual([1]);
    expect(idsOf(sectionsOf([hidden, empty], 2).direct)).toEqual([2]);
  });
});

describe('walking the list', () => {
  const list = [view({ id: 1 }), view({ id: 2, unread: 1 }), view({ id: 3 }), view({ id: 4, unread: 2 })];

  it('goes round at both ends', () => {
    expect(neighbour(list, 1, 1, false)?.id).toBe(2);
    expect(neighbour(list, 4, 1, false)?.id).toBe(1);
    expect(neighbour(list, 1, -1, false)?.id).toBe(4);
  });

  it('can stop at unread ones only', () => {
    expect(neighbour(list, 2, 1, true)?.id).toBe(4);
    expect(neighbour(list, 4, 1, true)?.id).toBe(2);
    expect(neighbour([view({ id: 1 })], 1, 1, true)).toBeNull();
  });

  it('begins at an end when nothing is open', () => {
    expect(neighbour(list, null, 1, false)?.id).toBe(1);
    expect(neighbour(list, null, -1, false)?.id).toBe(4);
    expect(neighbour([], null, 1, false)).toBeNull();
  });
});
