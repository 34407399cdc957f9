import { beforeAll, describe, expect, it } from 'vitest';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { editMessage } from '#server/domain/messages/edit-message';
import { findMessage } from '#server/domain/messages/find-messages';
import { sendMessage } from '#server/domain/messages/send-message';
import { searchMessages } from '#server/domain/search/search-messages';
import { unreadCounts } from '#server/domain/unreads/unread-counts';
import { type Cast, gatherCast, leave, makeConversation, makeFile } from '#tests/support/cast';
import { refusalOf } from '#tests/support/refusals';
import { say } from '#tests/support/say';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});

describe('editing', () => {
  it('replaces the text and the mentions, and nothing that orders or counts', async () => {
    const { alice, bob, general } = cast;
    const sent = await say(alice, general, 'hello @bob');
    const edited = await editMessage(alice, { messageId: sent.id, text: '  hello @Carol @dave ' });
    expect(edited).toEqual({
      ...sent,
      text: '  hello @Carol @dave',
      mentions: [
        { id: cast.carol.accountId, name: 'carol', displayName: null },
        { id: cast.dave.accountId, name: 'dave', displayName: null },
      ],
      editedAt: edited.editedAt,
      changedAt: edited.editedAt,
    });
    expect(edited.editedAt).toBeGreaterThan(sent.createdAt);
    expect(await findMessage(bob, sent.id)).toEqual(edited);
  });

  it('can mention everyone, and nobody again', async () => {
    const { alice, general } = cast;
    const { id: messageId } = await say(alice, general, 'hello @bob');
    expect(await editMessage(alice, { messageId, text: '@EVERYONE and @bob' })).toMatchObject({
      mentions: [],
      mentionsEveryone: true,
    });
    expect(await editMessage(alice, { messageId, text: 'nobody' })).toMatchObject({
      mentions: [],
      mentionsEveryone: false,
    });
  });

  it('changes what search finds and leaves unread alone', async () => {
    const { alice, bob, general } = cast;
    const { id: messageId } = await say(alice, general, 'aardvark');
    const before = await unreadCounts(bob);
    await editMessage(alice, { messageId, text: 'buffalo' });
    expect(await searchMessages(bob, { text: 'aardvark' })).toEqual([]);
    expect(await searchMessages(bob, { text: 'BUFFALO' })).toMatchObject([{ id: messageId }]);
    expect(await unreadCounts(bob)).toEqual(before);
  });

  it('is for the sender only; what one can not see is not there', async () => {
    const { alice, bob, carol, mallory, secret } = cast;
    const { id: messageId } = await say(carol, secret, 'mine');
    const edit = (actor: typeof alice, id = messageId) =>
      refusalOf(editMessage(actor, { messageId: id, text: 'x' }));
    expect(await edit(bob)).toBe('forbidden/not_the_sender');
    expect(await edit(mallory)).toBe('not_found/message');
    expect(await edit(alice, 999_999)).toBe('not_found/message');
    expect(await edit(alice, 2 ** 60)).toBe('not_found/message');
    expect(await findMessage(alice, messageId)).toMatchObject({ text: 'mine', editedAt: null });
  });

  it('ends with the membership', async () => {
    const { alice, dave } = cast;
    const place = await makeConversation({ name: 'left', members: [alice, dave] });
    const { id: messageId } = await say(dave, place, 'mine');
    await leave(dave, place);
    expect(await refusalOf(editMessage(dave, { messageId, text: 'x' }))).toBe('not_found/message');
  });

  it('needs text, and a message that has some', async () => {
    const { alice, general } = cast;
    const { id: messageId } = await say(alice, general, 'text');
    const edit = (id: number, text: string) => refusalOf(editMessage(alice, { messageId: id, text }));
    expect(await edit(messageId, ' \n ')).toBe('invalid/empty');
    expect(await edit(messageId, 'x'.repeat(10_001))).toBe('too_large/message_too_long');

    const file = await makeFile(alice);
    const [picture] = await sendMessage(alice, { conversationId: general, entries: [{ fileIds: [file] }] });
    expect(await edit(picture?.id as number, 'x')).toBe('conflict/not_editable');

    await deleteMessage(alice, { messageId });
    expect(await edit(messageId, 'x')).toBe('conflict/not_editable');
  });
});
