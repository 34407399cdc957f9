import { beforeAll, expect, it } from 'vitest';
import { removeMessage } from '#server/domain/messages/delete-message';
import { findMessage } from '#server/domain/messages/find-messages';
import { postAsWebhook } from '#server/domain/messages/post-as-webhook';
import { markUnread } from '#server/domain/unreads/mark-unread';
import { unreadCounts } from '#server/domain/unreads/unread-counts';
import { type Cast, gatherCast, membershipOf } from '#tests/support/cast';
import { refusalOf } from '#tests/support/refusals';
import { say } from '#tests/support/say';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});

it('administrators remove what others wrote in a channel, members do not', async () => {
  const { alice, bob, carol, dave, general } = cast;
  for (const administrator of [alice, bob]) {
    const { id: messageId } = await say(carol, general, 'rude');
    expect(await refusalOf(removeMessage(dave, { messageId }))).toBe('forbidden/not_the_sender');
    const removed = await removeMessage(administrator, { messageId });
    expect(removed).toMatchObject({ text: null, sender: { name: 'carol' }, deletedAt: expect.any(Number) });
    expect(await refusalOf(removeMessage(administrator, { messageId }))).toBe('not_found/message');
  }
  const own = await say(dave, general, 'never mind');
  expect((await removeMessage(dave, { messageId: own.id })).deletedAt).not.toBeNull();
});

it('nobody removes what somebody else wrote in a direct conversation', async () => {
  const { alice, bob, direct } = cast;
  const { id: messageId } = await say(bob, direct, 'between us');
  expect(await refusalOf(removeMessage(alice, { messageId }))).toBe('forbidden/not_the_sender');
});

it('an administrator who is not there finds nothing to remove', async () => {
  const { bob, mallory, secret, alice } = cast;
  const { id: messageId } = await say(alice, secret, 'ours');
  expect(await refusalOf(removeMessage({ ...mallory, role: 'admin' }, { messageId }))).toBe(
    'not_found/message',
  );
  expect((await findMessage(bob, messageId)).text).toBe('ours');
});

it('what was removed is unread for nobody, its sender included', async () => {
  const { alice, carol, secret } = cast;
  const { id: messageId, seq } = await say(carol, secret, 'one');
  await say(carol, secret, 'two');
  await markUnread(carol, { conversationId: secret, seq });
  expect((await membershipOf(carol, secret)).ownUnread).toBe(2);
  await removeMessage(alice, { messageId });
  expect((await membershipOf(carol, secret)).ownUnread).toBe(1);
  const unread = (await unreadCounts(carol)).find((count) => count.conversationId === secret);
  expect(unread?.unread).toBe(0);
});

it('what a bot wrote has its name, counts as unread and can be removed by administrators', async () => {
  const { alice, dave, general } = cast;
  const message = await postAsWebhook({ webhookId: 7, name: 'CI', conversationId: general }, { text: 'red' });
  expect(message).toMatchObject({ sender: null, bot: { id: 7, name: 'CI' }, text: 'red', counts: true });
  const { id: messageId } = message;
  expect(await refusalOf(removeMessage(dave, { messageId }))).toBe('forbidden/not_the_sender');
  await removeMessage(alice, { messageId });
  expect((await findMessage(dave, messageId)).text).toBeNull();
  const nowhere = { webhookId: 7, name: 'CI', conversationId: 999_999 };
  expect(await refusalOf(postAsWebhook(nowhere, { text: 'red' }))).toBe('not_found/conversation');
  expect(await refusalOf(postAsWebhook({ ...nowhere, conversationId: general }, { text: ' ' }))).toBe(
    'invalid/empty',
  );
});
