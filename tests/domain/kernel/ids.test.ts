import { describe, expect, it } from 'vitest';
import { Id, idOfUuid, uuidOf } from '#server/domain/kernel/ids';

describe('an id as a UUID', () => {
  it.each([1, 42, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER])('%d comes back unchanged', (id) => {
    const uuid = uuidOf('message', id);
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(idOfUuid('message', uuid)).toBe(id);
    expect(idOfUuid('message', uuid.toUpperCase())).toBe(id);
  });

  it('is of one kind of thing only', () => {
    expect(idOfUuid('account', uuidOf('message', 7))).toBeNull();
    expect(uuidOf('account', 7)).not.toBe(uuidOf('message', 7));
  });

  it.each([
    '',
    'x',
    '00000000-0000-8003-8000-00000000000',
    '00000000-0000-4003-8000-000000000007',
    '00000001-0000-8003-8000-000000000007',
    '00000000-0000-8003-8000-000000000000',
    '00000000-0000-8003-c000-000000000007',
    '00000000-0000-8003-bfff-ffffffffffff',
    ' 00000000-0000-8003-8000-000000000007',
  ])('%j is none', (text) => {
    expect(idOfUuid('message', text)).toBeNull();
  });
});

it('ids are positive and small enough for JSON', () => {
  for (const wrong of [0, -1, 1.5, 2 ** 53, Number.NaN, '1']) expect(Id.safeParse(wrong).success).toBe(false);
  expect(Id.parse(2 ** 53 - 1)).toBe(2 ** 53 - 1);
});
