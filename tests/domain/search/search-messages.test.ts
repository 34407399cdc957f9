import { beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '#server/domain/kernel/transaction';
import { deleteMessage } from '#server/domain/messages/delete-message';
import type { Message } from '#server/domain/messages/message';
import { postNotice } from '#server/domain/messages/post-notice';
import { sendMessage } from '#server/domain/messages/send-message';
import { type SearchMessages, searchMessages } from '#server/domain/search/search-messages';
import { prisma } from '#server/platform/database';
import {
  type Cast,
  gatherCast,
  joinLate,
  leave,
  makeActor,
  makeConversation,
  makeFile,
} from '#tests/support/cast';
import { say } from '#tests/support/say';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});

const texts = (messages: readonly Message[]) => messages.map(({ text }) => text);
const find = async (actor: Cast['alice'], input: SearchMessages) => texts(await searchMessages(actor, input));

describe('the text', () => {
  it('is a literal, case-insensitive part of the message, of any length', async () => {
    const { alice, general } = cast;
    const place = { conversationId: general };
    for (const text of ['Deploy done', '100% sure', 'snake_case', 'back\\slash', 'ÄPFEL und Žluť', 'q']) {
      await say(alice, general, text);
    }
    expect(await find(alice, { text: 'PLOY d', ...place })).toEqual(['Deploy done']);
    expect(await find(alice, { text: '%', ...place })).toEqual(['100% sure']);
    expect(await find(alice, { text: '_', ...place })).toEqual(['snake_case']);
    expect(await find(alice, { text: '\\', ...place })).toEqual(['back\\slash']);
    expect(await find(alice, { text: 'k\\s', ...place })).toEqual(['back\\slash']);
    expect(await find(alice, { text: 'äpf', ...place })).toEqual(['ÄPFEL und Žluť']);
    expect(await find(alice, { text: 'ŽL', ...place })).toEqual(['ÄPFEL und Žluť']);
    expect(await find(alice, { text: '  Q  ', ...place })).toEqual(['q']);
    expect(await find(alice, { text: 'e_d', ...place })).toEqual([]);
    expect(await find(alice, { text: "'; --", ...place })).toEqual([]);
    expect(await find(alice, { text: '\0\ud800', ...place })).toEqual([]);
  });

  it('is not found in deleted messages, files alone, or what nobody wrote', async () => {
    const { alice, general } = cast;
    const gone = await say(alice, general, 'platypus');
    await deleteMessage(alice, { messageId: gone.id });
    await sendMessage(alice, {
      conversationId: general,
      entries: [{ fileIds: [await makeFile(alice, 'platypus.png')] }],
    });
    expect(await find(alice, { text: 'platypus' })).toEqual([]);
  });
});

describe('the other filters', () => {
  it('all have to hold; without any there is no answer', async () => {
    const { alice, bob, direct, secret } = cast;
    const one = await say(bob, direct, 'filter one');
    const two = await say(alice, direct, 'filter two');
    const three = await say(bob, secret, 'filter three');
    expect(await find(alice, { text: 'filter', from: ' BOB ' })).toEqual(['filter three', 'filter one']);
    expect(await find(alice, { text: 'filter', from: 'bo' })).toEqual([]);
    expect(await find(alice, { from: 'bob', conversationId: direct })).toEqual(['filter one']);
    expect(await find(alice, { text: 'filter', conversationId: direct })).toEqual([
      'filter two',
      'filter one',
    ]);
    expect(await find(alice, { since: two.createdAt, text: 'filter' })).toEqual([
      'filter three',
      'filter two',
    ]);
    expect(await find(alice, { until: two.createdAt, text: 'filter' })).toEqual(['filter one']);
    expect(await find(alice, { since: one.createdAt, until: three.createdAt })).toEqual([
      'filter two',
      'filter one',
    ]);
    expect(await find(alice, {})).toEqual([]);
    expect(await find(alice, { text: '  ', from: '', since: Number.NaN })).toEqual([]);
    expect(
      await find(alice, {
        since: Number.NEGATIVE_INFINITY,
        until: Number.POSITIVE_INFINITY,
        text: 'filter o',
      }),
    ).toEqual(['filter one']);
  });
});

describe('the answer', () => {
  it('has the newest first, limited, and goes on where it ended', async () => {
    const { alice } = cast;
    const place = await makeConversation({ name: 'many', members: [alice] });
    const sent = [];
    for (let index = 0; index < 7; index++) sent.push(await say(alice, place, `wombat ${index}`));
    const newest = sent.toReversed();
    const first = await searchMessages(alice, { text: 'wombat', limit: 3 });
    expect(first).toEqual(newest.slice(0, 3));
    const [createdAt, id] = [first[2]?.createdAt as number, first[2]?.id as number];
    expect(await searchMessages(alice, { text: 'wombat', before: { createdAt, id } })).toEqual(
      newest.slice(3),
    );
    expect(await searchMessages(alice, { text: 'wombat', limit: 5000 })).toEqual(newest);
  });

  it('is the same for common and rare texts, in long and short conversations, by every filter', async () => {
    const { alice, bob } = cast;
    const place = await makeConversation({ name: 'long', members: [alice, bob] });
    const other = await makeConversation({ name: 'other', members: [alice, bob] });
    const sent: Message[] = [];
    const entries = Array.from({ length: 150 }, (_, index) => ({
      text: `common ${index % 40 === 0 ? 'rarely' : 'word'} ${index}`,
    }));
    for (const [actor, conversationId] of [
      [alice, place],
      [bob, place],
      [alice, other],
      [bob, place],
    ] as const) {
      sent.push(...(await sendMessage(actor, { conversationId, entries })));
    }
    const oldest = sent[200]?.createdAt as number;
    // long enough for the index to be asked, without thousands of messages
    await prisma.conversation.update({ where: { id: place }, data: { lastSeq: { increment: 5_000 } } });
    for (const text of ['common', 'word 14', 'rarely', 'ra', 'e', 'nowhere', undefined]) {
      for (const conversationId of [place, other, undefined]) {
        for (const from of ['alice', 'bob', undefined]) {
          for (const since of [oldest, undefined]) {
            const input = { text, conversationId, from, since: since ?? sent[0]?.createdAt, limit: 60 };
            const expected = sent
              .filter((message) => text === undefined || message.text?.includes(text))
              .filter((message) => conversationId === undefined || message.conversationId === conversationId)
              .filter((message) => from === undefined || message.sender?.name.toLowerCase() === from)
              .filter((message) => message.createdAt >= (since ?? 0))
              .sort((a, b) => b.createdAt - a.createdAt || b.id - a.id)
              .slice(0, 60);
            const found = await searchMessages(alice, input);
            expect(
              found.map(({ id }) => id),
              JSON.stringify(input),
            ).toEqual(expected.map(({ id }) => id));
          }
        }
      }
    }
  });
});

describe('who finds what', () => {
  it('outsiders find nothing, in any way of asking', async () => {
    const { alice, bob, carol, mallory, secret, direct } = cast;
    const hidden = [
      await say(alice, secret, 'kangaroo in secret'),
      await say(alice, direct, 'kangaroo in private'),
    ];
    for (const input of [
      { text: 'kangaroo' },
      { text: 'ka' },
      { text: 'kangaroo', conversationId: secret },
      { from: 'alice', conversationId: direct },
      { since: 0, conversationId: secret },
    ]) {
      expect(await searchMessages(mallory, input)).toEqual([]);
    }
    expect(await searchMessages(bob, { text: 'kangaroo' })).toEqual(hidden.toReversed());
    expect(await searchMessages(carol, { text: 'kangaroo' })).toEqual([hidden[0]]);
    const lookalike = await makeActor('a_ice');
    expect(await searchMessages(lookalike, { text: 'kangaroo' })).toEqual([]);
  });

  it('late joiners find what came after them, leavers nothing', async () => {
    const { alice, dave } = cast;
    const place = await makeConversation({ name: 'joined', members: [alice] });
    await say(alice, place, 'koala early');
    await joinLate(dave, place);
    await say(alice, place, 'koala late');
    expect(await find(dave, { text: 'koala' })).toEqual(['koala late']);
    expect(await find(dave, { conversationId: place, since: 0 })).toEqual(['koala late']);
    await leave(dave, place);
    expect(await find(dave, { text: 'koala' })).toEqual([]);
    await prisma.conversation.update({ where: { id: place }, data: { archivedAt: 1 } });
    expect(await find(alice, { text: 'koala' })).toEqual([]);
  });
});

describe('who wrote it', () => {
  it('may be asked by id, and Parley’s own lines left out', async () => {
    const place = await makeConversation({ name: 'authors', members: [cast.alice, cast.bob] });
    await say(cast.alice, place, 'marmot one');
    await say(cast.bob, place, 'marmot two');
    await transaction((db) => postNotice(db, place, 'marmot three'));
    const text = 'marmot';
    expect(await find(cast.alice, { text, fromId: cast.bob.accountId })).toEqual(['marmot two']);
    expect(await find(cast.alice, { text, notices: false })).toEqual(['marmot two', 'marmot one']);
    expect(await find(cast.alice, { text, notices: true })).toEqual(['marmot three']);
    expect(await find(cast.alice, { text, fromId: 999_999 })).toEqual([]);
  });
});
