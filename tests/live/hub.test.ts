import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { updateProfile } from '#server/domain/accounts/update-profile';
import type { Actor } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { sendSignal } from '#server/domain/kernel/signals';
import { transaction } from '#server/domain/kernel/transaction';
import { addMember } from '#server/domain/memberships/add-member';
import { leaveConversation } from '#server/domain/memberships/leave-conversation';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { editMessage } from '#server/domain/messages/edit-message';
import { setReaction } from '#server/domain/reactions/set-reaction';
import { endSession } from '#server/domain/sessions/end-sessions';
import type { EventDelivery } from '#server/live/delivery';
import { closeHub, livePosition, type Subscription, subscribe } from '#server/live/hub';
import { now } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { type Cast, gatherCast, makeActor, makeConversation } from '#tests/support/cast';
import { Listening, withSession } from '#tests/support/listening';
import { say } from '#tests/support/say';

let cast: Cast;
const open: Listening[] = [];

/** Opens a stream and waits until it is live. */
async function listen(actor: Actor, subscription: Subscription = {}): Promise<Listening> {
  const listening = new Listening(await withSession(actor), {
    after: await livePosition(),
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

describe('the hub', () => {
  it('brings a message to everybody in its conversation, whole, and to nobody else', async () => {
    const [alice, carol, mallory] = await Promise.all([
      listen(cast.alice),
      listen(cast.carol),
      listen(cast.mallory),
    ]);
    const secret = await say(cast.bob, cast.secret, 'between us');
    const open = await say(cast.bob, cast.general, 'for all');
    for (const member of [alice, carol]) {
      await member.until(({ texts }) => texts.includes('for all'));
      expect(member.events.flatMap(({ messages }) => messages)).toEqual([secret, open]);
    }
    await mallory.until(({ texts }) => texts.includes('for all'));
    expect(mallory.texts).toEqual(['for all']);
  });

  it('brings what became of a message: edits, reactions, deletion', async () => {
    const message = await say(cast.alice, cast.secret, 'frist');
    const carol = await listen(cast.carol);
    await editMessage(cast.alice, { messageId: message.id, text: 'first' });
    await setReaction(cast.bob, { messageId: message.id, emoji: '👍', on: true });
    await deleteMessage(cast.alice, { messageId: message.id });
    await carol.until(({ types }) => types.includes('message_deleted'));
    expect(carol.types).toEqual(['message_edited', 'reactions_changed', 'message_deleted']);
    expect(carol.events.at(-1)?.messages).toMatchObject([{ id: message.id, text: null }]);
  });

  it('keeps one order for all, and numbers that grow', async () => {
    const [alice, bob] = await Promise.all([listen(cast.alice), listen(cast.bob)]);
    const sending = Array.from({ length: 60 }, (_, index) =>
      say(index % 2 ? cast.alice : cast.carol, index % 3 ? cast.secret : cast.general, `${index}`),
    );
    const sent = await Promise.all(sending);
    const texts = new Set(sent.map(({ text }) => text));
    await alice.until((stream) => stream.texts.filter((text) => texts.has(text)).length === 60);
    await bob.until((stream) => stream.ids.length >= alice.ids.length);
    expect(bob.ids).toEqual(alice.ids);
    expect(alice.ids).toEqual([...new Set(alice.ids)].sort((a, b) => a - b));
    for (const place of [cast.secret, cast.general]) {
      const seqs = alice.events.flatMap(({ messages }) =>
        messages.filter(({ conversationId }) => conversationId === place).map(({ seq }) => seq),
      );
      expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
    }
  });

  it('tells some accounts only what is theirs', async () => {
    const [alice, bob] = await Promise.all([listen(cast.alice), listen(cast.bob)]);
    const hidden = {
      type: 'conversation_hidden',
      conversationId: cast.direct,
      accountId: cast.alice.accountId,
    };
    await transaction((db) =>
      publish(db, { accountIds: [cast.alice.accountId] }, { ...hidden, hidden: true } as never),
    );
    await say(cast.carol, cast.general, 'and then');
    for (const one of [alice, bob]) await one.until(({ texts }) => texts.includes('and then'));
    expect(alice.types).toEqual(['conversation_hidden', 'message_sent']);
    expect(bob.types).toEqual(['message_sent']);
  });

  it('brings changed accounts along', async () => {
    const dave = await listen(cast.dave);
    await updateProfile(cast.alice, { bio: 'gardener' });
    await dave.until(({ types }) => types.includes('account_changed'));
    expect(dave.events[0]?.account).toMatchObject({ id: cast.alice.accountId, bio: 'gardener' });
  });
});

describe('membership at delivery', () => {
  it('begins with joining: the newcomer sees what comes, and no change to what was', async () => {
    const place = await makeConversation({ name: 'club', members: [cast.alice] });
    const old = await say(cast.alice, place, 'before');
    const dave = await listen(cast.dave);
    await addMember(cast.alice, { conversationId: place, username: 'dave' });
    await editMessage(cast.alice, { messageId: old.id, text: 'before, edited' });
    await say(cast.alice, place, 'after');
    await dave.until(({ texts }) => texts.includes('after'));
    expect(dave.types).toContain('member_joined');
    expect(dave.texts).not.toContain('before, edited');
  });

  it('ends with leaving: one hears that one has left, and then nothing', async () => {
    const place = await makeConversation({ name: 'club', members: [cast.alice, cast.dave] });
    const dave = await listen(cast.dave);
    await say(cast.alice, place, 'dave is here');
    await leaveConversation(cast.dave, place);
    await say(cast.alice, place, 'dave is gone');
    await say(cast.alice, cast.general, 'for all');
    await dave.until(({ texts }) => texts.includes('for all'));
    expect(dave.texts).toEqual(['dave is here', 'for all']);
    expect(dave.types.filter((type) => type === 'member_left')).toHaveLength(1);
  });

  it('ends for everybody when the conversation is archived', async () => {
    const place = await makeConversation({ name: 'old', members: [cast.alice, cast.dave] });
    const dave = await listen(cast.dave);
    await transaction(async (db) => {
      await db.conversation.update({ where: { id: place }, data: { archivedAt: now() } });
      await publish(db, { conversationId: place }, { type: 'conversation_changed', conversationId: place });
    });
    await transaction((db) =>
      publish(db, { conversationId: place }, { type: 'conversation_changed', conversationId: place }),
    );
    await say(cast.alice, cast.general, 'for all');
    await dave.until(({ texts }) => texts.includes('for all'));
    expect(dave.types).toEqual(['conversation_changed', 'message_sent']);
  });
});

describe('resuming', () => {
  it('brings what was missed first, then what comes', async () => {
    const before = await livePosition();
    const first = await say(cast.bob, cast.secret, 'missed');
    await say(cast.bob, cast.direct, 'not for carol');
    const carol = await listen(cast.carol, { after: before });
    await say(cast.bob, cast.secret, 'live');
    await carol.until(({ texts }) => texts.includes('live'));
    expect(carol.texts).toEqual(['missed', 'live']);
    expect(carol.events[0]?.messages).toEqual([first]);
  });

  it('loses and repeats nothing while others write, wherever it is cut', async () => {
    const begin = await livePosition();
    let writing = true;
    const writers = [cast.alice, cast.bob, cast.carol].map(async (actor) => {
      for (let count = 0; writing; count++) await say(actor, cast.secret, `${actor.username} ${count}`);
    });
    const heard: number[] = [];
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
    const begin = await livePosition();
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
    const position = await livePosition();
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

describe('the end of a right', () => {
  it('ends the streams of an ended session within a second, and leaves the others', async () => {
    const lost = await withSession(cast.alice);
    const kept = await withSession(cast.alice);
    const [gone, stays] = [new Listening(lost), new Listening(kept)];
    open.push(gone, stays);
    await say(cast.alice, cast.general, 'both hear this');
    for (const one of [gone, stays]) await one.until(({ texts }) => texts.includes('both hear this'));
    await endSession(kept, lost.sessionId);
    await gone.until(({ ended }) => ended !== null, 1_000);
    expect(gone.ended).toMatchObject({ kind: 'unauthenticated', reason: 'session_ended' });
    expect(stays.ended).toBeNull();
  });

  it('ends the streams of a deleted account', async () => {
    const nina = await withSession(await makeActor('nina'));
    const stream = new Listening(nina, { after: await livePosition() });
    await say(cast.alice, cast.general, 'not for nina');
    await transaction((db) =>
      publish(db, 'everyone', { type: 'account_deleted', accountId: nina.accountId }),
    );
    await stream.until(({ ended }) => ended !== null, 1_000);
    expect(stream.ended).toMatchObject({ kind: 'unauthenticated' });
  });

  it('refuses a session that ended before the stream was open', async () => {
    const expired = await withSession(cast.alice, -1);
    const stream = new Listening(expired);
    await stream.until(({ ended }) => ended !== null, 1_000);
    expect(stream.ended).toMatchObject({ kind: 'unauthenticated', reason: 'session_ended' });
    expect(stream.deliveries).toEqual([]);
  });
});

describe('a slow reader', () => {
  it('is interrupted instead of filling the memory, and resumes without loss', async () => {
    const stream = subscribe(await withSession(cast.bob), { after: await livePosition() });
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
    const back = await listen(cast.dave, { after: await livePosition() });
    await say(cast.alice, cast.general, 'after');
    await back.until(({ texts }) => texts.includes('after'));
  });
});

describe('signals', () => {
  it('reach those who may know, except whoever caused them, and are never replayed', async () => {
    const before = await livePosition();
    const [alice, bob, mallory] = await Promise.all([
      listen(cast.alice),
      listen(cast.bob),
      listen(cast.mallory),
    ]);
    await say(cast.alice, cast.general, 'ready');
    for (const one of [alice, bob, mallory]) await one.until(({ texts }) => texts.includes('ready'));
    const typing = { type: 'typing', conversationId: cast.secret, accountId: cast.alice.accountId } as const;
    const presence = { type: 'presence', accountId: cast.alice.accountId, state: 'idle' } as const;
    sendSignal(typing);
    sendSignal(presence);
    for (const one of [alice, bob, mallory]) await one.until(({ signals }) => signals.length > 0);
    expect(bob.signals).toEqual([typing, presence]);
    expect(mallory.signals).toEqual([presence]);
    expect(alice.signals).toEqual([presence]);
    const late = await listen(cast.bob, { after: before });
    await late.until(({ texts }) => texts.includes('ready'));
    expect(late.signals).toEqual([]);
  });

  it('of one moment are brought once, the newest', async () => {
    const bob = await listen(cast.bob);
    await say(cast.alice, cast.general, 'ready');
    await bob.until(({ texts }) => texts.includes('ready'));
    for (const state of ['active', 'idle', 'active', 'hidden'] as const) {
      sendSignal({ type: 'presence', accountId: cast.carol.accountId, state });
    }
    await bob.until(({ signals }) => signals.length > 0);
    await delay(50);
    expect(bob.signals).toEqual([{ type: 'presence', accountId: cast.carol.accountId, state: 'hidden' }]);
  });
});
