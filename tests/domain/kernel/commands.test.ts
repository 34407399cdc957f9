import { beforeAll, describe, expect, it } from 'vitest';
import { lockConversation, nextStamp } from '#server/domain/kernel/lock';
import { publish } from '#server/domain/kernel/publish';
import { transaction } from '#server/domain/kernel/transaction';
import { wakeHub } from '#server/domain/kernel/wake';
import { advanceClock, holdClock, now, releaseClock } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { type Cast, gatherCast } from '#tests/support/cast';
import { say } from '#tests/support/say';

let cast: Cast;
let woken = 0;
beforeAll(async () => {
  cast = await gatherCast();
  wakeHub.register(() => {
    woken++;
  });
});

const event = { type: 'account_changed', accountId: 1 } as const;

describe('a command', () => {
  it('wakes the hub after its commit, and only when it published', async () => {
    woken = 0;
    await transaction(async (db) => {
      await publish(db, 'everyone', event);
      expect(woken).toBe(0);
    });
    expect(woken).toBe(1);
    await transaction((db) => db.account.count());
    expect(woken).toBe(1);
  });

  it('that fails leaves no event and wakes nobody', async () => {
    woken = 0;
    const before = await prisma.event.count();
    const fails = transaction(async (db) => {
      await publish(db, 'everyone', event);
      throw new Error('no');
    });
    await expect(fails).rejects.toThrow('no');
    expect([await prisma.event.count(), woken]).toEqual([before, 0]);
  });

  it('is run again when it was undone for another one', async () => {
    const [one, two] = [cast.secret, cast.direct];
    const crossing = (first: number, second: number) =>
      transaction(async (db) => {
        await lockConversation(db, first);
        await new Promise((resume) => setTimeout(resume, 100));
        await lockConversation(db, second);
      });
    await expect(Promise.all([crossing(one, two), crossing(two, one)])).resolves.toBeDefined();
  });

  it('can not publish what the union of events does not know', async () => {
    const odd = { ...event, text: 'a secret' };
    await expect(transaction((db) => publish(db, 'everyone', odd))).rejects.toThrow('Unrecognized key');
  });
});

describe('the stamp of a locked conversation', () => {
  it('is the clock, or one past the last when the clock is not ahead of it', async () => {
    const sent = await say(cast.alice, cast.general, 'x');
    holdClock(sent.createdAt - 10);
    const stamp = () =>
      transaction(async (db) =>
        nextStamp(await lockConversation(db, cast.general).then((place) => place ?? { lastStamp: 0 })),
      );
    expect(await stamp()).toBe(sent.createdAt + 1);
    advanceClock(1_000);
    expect(await stamp()).toBe(now());
    releaseClock();
  });

  it('needs a conversation', async () => {
    expect(await transaction((db) => lockConversation(db, 999_999))).toBeNull();
  });
});
