import { afterEach, beforeEach, expect, it } from 'vitest';
import { trimEvents } from '#server/live/trim-events';
import { holdClock, now, releaseClock } from '#server/platform/clock';
import { plain, prisma } from '#server/platform/database';

const DAY = 24 * 3_600_000_000;

beforeEach(async () => {
  holdClock();
  await prisma.event.deleteMany();
});

afterEach(releaseClock);

async function writeAt(...stamps: number[]): Promise<void> {
  for (const createdAt of stamps) {
    const payload = { accountId: 1 };
    await prisma.event.create({ data: { type: 'account_changed', payload, createdAt } });
  }
}

async function keptAges(): Promise<number[]> {
  const rows = plain(await prisma.event.findMany({ select: { createdAt: true }, orderBy: { id: 'asc' } }));
  return rows.map(({ createdAt }) => Math.round((now() - createdAt) / DAY));
}

it('keeps a week of events', async () => {
  await writeAt(now() - 9 * DAY, now() - 8 * DAY, now() - 6 * DAY, now());
  expect(await trimEvents()).toBe(2);
  expect(await keptAges()).toEqual([6, 0]);
});

it('keeps the newest, however old: it tells late readers that they missed something', async () => {
  await writeAt(now() - 30 * DAY, now() - 20 * DAY);
  expect(await trimEvents()).toBe(1);
  expect(await keptAges()).toEqual([20]);
});

it('has nothing to do in an empty or young log', async () => {
  expect(await trimEvents()).toBe(0);
  await writeAt(now() - DAY, now());
  expect(await trimEvents()).toBe(0);
});
