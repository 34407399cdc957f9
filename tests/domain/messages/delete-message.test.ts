import { beforeAll, describe, expect, it } from 'vitest';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { findMessage } from '#server/domain/messages/find-messages';
import { sendMessage } from '#server/domain/messages/send-message';
import { toggleReaction } from '#server/domain/reactions/set-reaction';
import { searchMessages } from '#server/domain/search/search-messages';
import { prisma } from '#server/platform/database';
import { type Cast, gatherCast, makeFile } from '#tests/support/cast';
import { refusalOf } from '#tests/support/refusals';
import { say } from '#tests/support/say';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});

describe('deleting', () => {
  it('keeps the place and the stamps, and nothing of what was said', async () => {
    const { alice, bob, general } = cast;
    const file = await makeFile(alice);
    const [sent] = await sendMessage(alice, {
      conversationId: general,
      entries: [{ text: 'a secret for @bob and @everyone', fileIds: [file] }],
    });
    if (!sent) throw new Error('nothing sent');
    const reacted = await toggleReaction(bob, { messageId: sent.id, emoji: '👍' });
    const deleted = await deleteMessage(alice, { messageId: sent.id });
    expect(deleted).toEqual({
      ...reacted,
      text: null,
      files: [],
      mentions: [],
      mentionsEveryone: false,
      reactions: [],
      deletedAt: deleted.deletedAt,
      changedAt: deleted.deletedAt,
    });
    expect(await findMessage(bob, sent.id)).toEqual(deleted);
    expect(await prisma.file.count({ where: { id: file } })).toBe(0);
    expect(await searchMessages(bob, { text: 'a secret' })).toEqual([]);
  });

  it('again refreshes its moment', async () => {
    const { alice, general } = cast;
    const { id: messageId } = await say(alice, general, 'x');
    const first = await deleteMessage(alice, { messageId });
    const second = await deleteMessage(alice, { messageId });
    expect(second.deletedAt).toBeGreaterThan(first.deletedAt as number);
    expect(second.changedAt).toBe(second.deletedAt);
  });

  it('is for the sender only; what one can not see is not there', async () => {
    const { alice, bob, mallory, secret } = cast;
    const { id: messageId } = await say(bob, secret, 'mine');
    expect(await refusalOf(deleteMessage(alice, { messageId }))).toBe('forbidden/not_the_sender');
    expect(await refusalOf(deleteMessage(mallory, { messageId }))).toBe('not_found/message');
    expect(await refusalOf(deleteMessage(alice, { messageId: 999_999 }))).toBe('not_found/message');
    expect(await findMessage(alice, messageId)).toMatchObject({ text: 'mine', deletedAt: null });
  });
});
