import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import type { Actor } from '#server/domain/kernel/actor';
import { leaveConversation } from '#server/domain/memberships/leave-conversation';
import { listTyping } from '#server/domain/typing/list-typing';
import { reportTyping } from '#server/domain/typing/report-typing';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { newcomers, openChannels } from '#tests/support/people';
import { signalsOf } from '#tests/support/signals';

const SECOND = 1_000_000;

let alice: Actor;
let bob: Actor;
let outsider: Actor;
let place: number;

beforeAll(async () => {
  await openChannels('general');
  [alice, bob, outsider] = await newcomers('alice', 'bob', 'outsider');
  const channel = await createPrivateChannel(alice, { name: 'place', usernames: ['bob'] });
  place = channel.id;
});
afterEach(releaseClock);

describe('typing', () => {
  it('is seen by the others for five seconds after each report, never by the typist', async () => {
    holdClock();
    await reportTyping(alice, place);
    expect(await listTyping(bob, place)).toEqual([{ id: alice.accountId, name: 'alice', displayName: null }]);
    expect(await listTyping(alice, place)).toEqual([]);
    advanceClock(4 * SECOND);
    await reportTyping(alice, place);
    advanceClock(5 * SECOND - 1);
    expect(await listTyping(bob, place)).toHaveLength(1);
    advanceClock(1);
    expect(await listTyping(bob, place)).toEqual([]);
  });

  it('is passed on at once', async () => {
    expect(await signalsOf(() => reportTyping(alice, place))).toEqual([
      { type: 'typing', conversationId: place, accountId: alice.accountId },
    ]);
  });

  it('is neither seen nor reported by outsiders', async () => {
    await reportTyping(alice, place);
    expect(await listTyping(outsider, place)).toEqual([]);
    const signals = await signalsOf(() =>
      expect(reportTyping(outsider, place)).rejects.toMatchObject({
        kind: 'not_found',
        reason: 'conversation',
      }),
    );
    expect(signals).toEqual([]);
    expect(await listTyping(alice, place)).toEqual([]);
  });

  it('ends with the membership', async () => {
    await reportTyping(bob, place);
    expect(await listTyping(alice, place)).toHaveLength(1);
    await leaveConversation(bob, place);
    expect(await listTyping(alice, place)).toEqual([]);
  });
});
