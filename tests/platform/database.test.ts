import { describe, expect, it } from 'vitest';
import { plain, prisma, sql } from '#server/platform/database';

describe('the database', () => {
  it('has the home community from the first migration', async () => {
    const communities = await prisma.community.findMany({ select: { id: true, name: true } });
    expect(plain(communities)).toEqual([{ id: 1, name: null }]);
  });

  it('hands BIGINTs and arrays of them to prepared statements as numbers', async () => {
    const rows = await sql(
      'test.bigints',
      'SELECT $1::bigint AS one, $2::bigint[] AS many, 5::int AS small',
      [2 ** 52, [1, 2]],
    );
    expect(rows).toEqual([{ one: 2 ** 52, many: [1, 2], small: 5 }]);
  });

  it('compares usernames without case, and orders text by code unit', async () => {
    const [row] = await sql<{ same: boolean; before: boolean }>(
      'test.collation',
      `SELECT 'Äda'::citext = 'äDA'::citext AS same, 'Zoe' < 'anna' AS before`,
      [],
    );
    expect(row).toEqual({ same: true, before: true });
  });
});
