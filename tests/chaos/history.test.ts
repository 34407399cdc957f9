// The judge of the chaos suite has to find what is wrong, or its silence means nothing.
import { describe, expect, it } from 'vitest';
import { faultsOf, newHistory, type Stored } from '#tests/chaos/history';

const message = (id: number, text: string | null, more: Partial<Stored> = {}): Stored => ({
  id,
  seq: id,
  isText: true,
  sentAs: text,
  text,
  deleted: false,
  ...more,
});

function judged(stored: Stored[], ids: number[], change: (history: ReturnType<typeof newHistory>) => void) {
  const history = newHistory();
  change(history);
  return faultsOf(history, stored, [{ reader: 'ann', ids }]);
}

describe('a history', () => {
  it('is good when all is as it was told', () => {
    const stored = [message(1, 'a'), message(2, 'b'), message(3, null, { deleted: true })];
    expect(
      judged(stored, [1, 2, 3], (history) => {
        history.acknowledged.add('a').add('gone');
        history.unknown.add('b').add('never arrived');
        history.deleted.set(3, ['gone']);
      }),
    ).toEqual([]);
  });

  it('is bad when something acknowledged is lost, doubled or from nowhere', () => {
    expect(judged([], [], ({ acknowledged }) => acknowledged.add('a'))).toEqual(['lost: a']);
    const twice = [message(1, 'a'), message(2, 'a')];
    expect(judged(twice, [1, 2], ({ acknowledged }) => acknowledged.add('a'))).toEqual(['stored 2 times: a']);
    expect(judged([message(1, 'a')], [1], () => {})).toEqual(['from nowhere: a']);
  });

  it('is bad when an edit or a deletion did not last', () => {
    const change = (history: ReturnType<typeof newHistory>) => {
      history.acknowledged.add('a');
      history.edited.set(1, 'b');
    };
    expect(judged([message(1, 'a')], [1], change)).toEqual(['edit lost: 1 b']);
    const undeleted = (history: ReturnType<typeof newHistory>) => {
      history.acknowledged.add('a');
      history.deleted.set(1, ['a']);
    };
    expect(judged([message(1, 'a')], [1], undeleted)).toEqual(['not deleted: 1']);
  });

  it('is bad when a reader missed, repeated or reordered something, or there is a hole', () => {
    const stored = [message(1, 'a'), message(2, 'b')];
    const known = ({ acknowledged }: ReturnType<typeof newHistory>) => acknowledged.add('a').add('b');
    expect(judged(stored, [1], known)[0]).toContain('missed 1 (2)');
    expect(judged(stored, [1, 2, 2], known)[0]).toContain('repeated 1');
    expect(judged(stored, [2, 1], known)[0]).toContain('out of order');
    const gone = [message(1, 'a'), message(2, null, { deleted: true })];
    const reader = { reader: 'ann', ids: [1], mayMissDeleted: true };
    const history = newHistory();
    known(history);
    history.deleted.set(2, ['b']);
    expect(faultsOf(history, gone, [reader])).toEqual([]);
    expect(faultsOf(history, gone, [{ ...reader, ids: [] }])[0]).toContain('missed 1 (1)');
    expect(judged([message(1, 'a'), message(3, 'b')], [1, 3], known)).toEqual(['a hole before place 3']);
  });
});
