import { describe, expect, it } from 'vitest';
import { lockConversation } from '#server/domain/kernel/lock';
import { Refusal } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { prisma } from '#server/platform/database';
import { makeActor, makeConversation } from '#tests/support/cast';

describe('a transaction', () => {
  it('leaves nothing behind when its command refuses', async () => {
    const attempt = transaction(async (db) => {
      await db.community.create({ data: { name: 'undone', createdAt: 1 } });
      throw new Refusal('conflict', 'changed_my_mind');
    });
    await expect(attempt).rejects.toMatchObject({ kind: 'conflict', reason: 'changed_my_mind' });
    expect(await prisma.community.count({ where: { name: 'undone' } })).toBe(0);
  });

  it('waits for its turn without a connection, so that reads go on while many want one lock', async () => {
    const members = [await makeActor('one')];
    const id = await makeConversation({ name: 'wanted', members });
    let inside = 0;
    const waits = Array.from({ length: 40 }, () =>
      transaction(async (db) => {
        await lockConversation(db, id);
        inside++;
        await db.$executeRaw`SELECT pg_sleep(0.02)`;
      }),
    );
    await prisma.account.count();
    expect(inside).toBeLessThan(40);
    await Promise.all(waits);
    expect(inside).toBe(40);
  });

  it('is tried again when Postgres had to break a deadlock', async () => {
    const members = [await makeActor('two')];
    const [first, second] = [
      await makeConversation({ name: 'first', members }),
      await makeConversation({ name: 'second', members }),
    ];
    let attempts = 0;
    const lockBoth = (ids: [number, number]) =>
      transaction(async (db) => {
        attempts++;
        await lockConversation(db, ids[0]);
        await db.$executeRaw`SELECT pg_sleep(0.1)`;
        await lockConversation(db, ids[1]);
      });
    await Promise.all([lockBoth([first, second]), lockBoth([second, first])]);
    expect(attempts).toBeGreaterThan(2);
  });
});
