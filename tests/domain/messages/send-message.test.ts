import { beforeAll, describe, expect, it } from 'vitest';
import { findMessages } from '#server/domain/messages/find-messages';
import { sendMessage } from '#server/domain/messages/send-message';
import { pool, prisma } from '#server/platform/database';
import {
  type Cast,
  gatherCast,
  joinLate,
  leave,
  makeActor,
  makeConversation,
  makeFile,
  membershipOf,
} from '#tests/support/cast';
import { say } from '#tests/support/say';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});

describe('what a send stores', () => {
  it('returns exactly what any reader gets afterwards', async () => {
    const { alice, bob, general } = cast;
    const [id, other] = [await makeFile(alice), await makeFile(alice)];
    const sent = await sendMessage(alice, {
      conversationId: general,
      entries: [
        { text: '  hello @BOB and @carol, @nobody  ' },
        { text: 'all of you: @Everyone @bob' },
        { fileIds: [id, other] },
      ],
      replyToId: 4711,
      clientKey: 'a-key',
    });
    expect(sent).toMatchObject([
      {
        text: '  hello @BOB and @carol, @nobody',
        mentions: [{ name: 'Bob' }, { name: 'carol' }],
        clientKey: 'a-key',
      },
      { mentions: [], mentionsEveryone: true, clientKey: null, replyToId: 4711 },
      { text: null, files: [{ id, originalName: 'picture.png' }, { id: other }] },
    ]);
    expect(
      await findMessages(
        bob,
        sent.map((message) => message.id),
      ),
    ).toEqual(sent);
  });
});
