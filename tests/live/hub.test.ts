import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
import { endOtherSessions, endSession } from '#server/domain/sessions/end-sessions';
import { closeHub, type Subscription } from '#server/live/hub';
import { now } from '#server/platform/clock';
import { type Cast, gatherCast, makeActor, makeConversation } from '#tests/support/cast';
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
    expect(carol.events[1]).toMatchObject({
      event: { accountId: cast.bob.accountId, emoji: '👍', on: true },
      place: { id: cast.secret, kind: 'channel', visibility: 'private' },
    });
    expect(carol.events[1]?.channel).toBeUndefined();
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

  it('ends the streams of a token without a session when tokens are worthless, and no others', async () => {
    const web = await withSession(cast.bob);
    const token: Actor = { ...cast.bob, sessionId: null, face: 'mikrochat' };
    const [gone, stays] = [new Listening(token), new Listening(web)];
    open.push(gone, stays);
    await say(cast.alice, cast.general, 'both hear that');
    for (const one of [gone, stays]) await one.until(({ texts }) => texts.includes('both hear that'));
    await endSession(cast.bob, (await withSession(cast.bob)).sessionId);
    await say(cast.alice, cast.general, 'and this');
    for (const one of [gone, stays]) await one.until(({ texts }) => texts.includes('and this'));
    await endOtherSessions(web);
    await gone.until(({ ended }) => ended !== null, 1_000);
    expect(gone.ended).toMatchObject({ kind: 'unauthenticated', reason: 'session_ended' });
    expect(stays.ended).toBeNull();
  });

  it('refuses a token whose account has gone', async () => {
    const nobody: Actor = { ...cast.bob, accountId: 999_999, sessionId: null };
    const stream = new Listening(nobody);
    await stream.until(({ ended }) => ended !== null, 1_000);
    expect(stream.ended).toMatchObject({ kind: 'unauthenticated' });
  });

  it('ends the streams of a deleted account', async () => {
    const nina = await withSession(await makeActor('nina'));
    const stream = new Listening(nina, { after: await presentPosition() });
    await say(cast.alice, cast.general, 'not for nina');
    await transaction((db) =>
      publish(db, 'everyone', {
        type: 'account_deleted',
        accountId: nina.accountId,
        by: 'admin',
        name: 'nina',
        email: null,
      }),
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

describe('signals', () => {
  it('reach those who may know, except whoever caused them, and are never replayed', async () => {
    const before = await presentPosition();
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
