import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { transaction } from '#server/domain/kernel/transaction';
import { addMember } from '#server/domain/memberships/add-member';
import { deleteMessage } from '#server/domain/messages/delete-message';
import type { EventDelivery } from '#server/live/delivery';
import { closeHub, livePosition, type Subscription, subscribe } from '#server/live/hub';
import { prisma } from '#server/platform/database';
import { type Cast, gatherCast, makeConversation } from '#tests/support/cast';
import { Listening, presentPosition, withSession } from '#tests/support/listening';
import { say } from '#tests/support/say';

let cast: Cast;
const open: Listening[] = [];

/** Opens a stream and waits until it is live. */
async function listen(actor: Actor, subscription: Subscription = {}): Promise<Listening> {
  const listening = new Listening(await withSession(actor), {
    after: await presentPosition(),
    ...subscription,
  });
  open.push(listening);
  return listening;
}

beforeAll(async () => {
  cast = await gatherCast();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((listening) => listening.leave()));
});

afterAll(closeHub);

describe('resuming', () => {
  it('brings what was missed first, then what comes', async () => {
    const before = await presentPosition();
    const first = await say(cast.bob, cast.secret, 'missed');
    await say(cast.bob, cast.direct, 'not for carol');
    const carol = await listen(cast.carol, { after: before });
    await say(cast.bob, cast.secret, 'live');
    await carol.until(({ texts }) => texts.includes('live'));
    expect(carol.texts).toEqual(['missed', 'live']);
    expect(carol.events[0]?.messages).toEqual([first]);
  });

  it('loses and repeats nothing while others write, wherever it is cut', async () => {
    const begin = await presentPosition();
    let writing = true;
    let written = 0;
    const heard: number[] = [];
    const writers = [cast.alice, cast.bob, cast.carol].map(async (actor) => {
      while (writing) {
        await say(actor, cast.secret, `${actor.username} ${written++}`);
        // a reader who is too far behind is told to start afresh: not what this is about
        while (writing && written - heard.length > 500) await delay(5);
      }
    });
    let after = begin;
    for (let cut = 0; cut < 25; cut++) {
      const stream = await listen(cast.alice, { after });
      await stream.until(({ ids }) => ids.length >= 1 + (cut % 7));
      await stream.leave();
      heard.push(...stream.ids);
      after = heard.at(-1) ?? after;
    }
    writing = false;
    await Promise.all(writers);
    const rest = await listen(cast.alice, { after });
    const newest = await prisma.event.aggregate({ _max: { id: true } });
    await rest.until(({ ids }) => (ids.at(-1) ?? after) >= Number(newest._max.id));
    heard.push(...rest.ids);

    const stored = await prisma.event.findMany({
      where: { id: { gt: begin }, conversationId: cast.secret },
      select: { id: true },
      orderBy: { id: 'asc' },
    });
    expect(stored.length).toBeGreaterThan(50);
    expect(heard).toEqual(stored.map(({ id }) => Number(id)));
  });

  it('does not replay what has been deleted since, nor what was said before one joined', async () => {
    const place = await makeConversation({ name: 'club', members: [cast.alice] });
    const begin = await presentPosition();
    await say(cast.alice, place, 'too early for dave');
    await addMember(cast.alice, { conversationId: place, username: 'dave' });
    const regretted = await say(cast.alice, place, 'regretted');
    await deleteMessage(cast.alice, { messageId: regretted.id });
    await say(cast.alice, place, 'last');
    const dave = await listen(cast.dave, { after: begin });
    await dave.until(({ texts }) => texts.includes('last'));
    expect(dave.texts).not.toContain('too early for dave');
    expect(dave.texts).not.toContain('regretted');
  });

  it('asks for a fresh start when the cursor is older than what is kept, or from another database', async () => {
    await say(cast.alice, cast.general, 'something');
    const position = await presentPosition();
    const strange = await listen(cast.alice, { after: position + 1_000_000 });
    await strange.until(({ deliveries }) => deliveries.length > 0);
    expect(strange.deliveries[0]).toMatchObject({ kind: 'reset' });
    await say(cast.alice, cast.general, 'goes on');
    await strange.until(({ texts }) => texts.includes('goes on'));

    await prisma.event.deleteMany({ where: { id: { lt: position } } });
    const old = await listen(cast.alice, { after: 1 });
    await old.until(({ deliveries }) => deliveries.length > 0);
    expect(old.deliveries[0]).toMatchObject({ kind: 'reset' });
  });
});

describe('a slow reader', () => {
  it('is interrupted instead of filling the memory, and resumes without loss', async () => {
    const stream = subscribe(await withSession(cast.bob), { after: await presentPosition() });
    await say(cast.alice, cast.secret, 'open');
    const first = (await stream.next()).value as EventDelivery;
    await prisma.$executeRaw`
      INSERT INTO event (type, conversation_id, payload, created_at)
      SELECT 'conversation_changed', ${cast.secret}, jsonb_build_object('conversationId', ${cast.secret}::int), 1
      FROM generate_series(1, 1100)`;
    await say(cast.alice, cast.secret, 'last');
    while ((await livePosition()) <= first.id + 1_100) await delay(5);

    const heard: number[] = [];
    const reading = (async () => {
      for await (const delivery of stream) if (delivery.kind === 'event') heard.push(delivery.id);
    })();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError', why: 'too_slow' });
    expect(heard.length).toBe(1_000);
    const resumed = await listen(cast.bob, { after: heard.at(-1) ?? 0 });
    await resumed.until(({ texts }) => texts.includes('last'));
    expect([...heard, ...resumed.ids]).toEqual(
      Array.from({ length: 1_101 }, (_, index) => first.id + 1 + index),
    );
  });
});

describe('events that cannot be loaded', () => {
  it('cost their readers a fresh start, and nobody the stream', async () => {
    const dave = await listen(cast.dave);
    await say(cast.alice, cast.general, 'before');
    await dave.until(({ texts }) => texts.includes('before'));
    vi.spyOn(prisma.account, 'findMany').mockRejectedValueOnce(new Error('a bug'));
    await transaction((db) =>
      publish(db, 'everyone', { type: 'account_changed', accountId: cast.alice.accountId }),
    );
    await dave.until(({ ended }) => ended !== null);
    expect(dave.deliveries.at(-1)).toMatchObject({ kind: 'reset' });
    expect(dave.ended).toMatchObject({ name: 'AbortError', why: 'lost_track' });
    const back = await listen(cast.dave, { after: await presentPosition() });
    await say(cast.alice, cast.general, 'after');
    await back.until(({ texts }) => texts.includes('after'));
  });
});
