import { beforeAll, expect, it } from 'vitest';
import type { Message } from '#server/domain/messages/message';
import { reviseMessage } from '#server/domain/messages/revise-message';
import { sendMessage } from '#server/domain/messages/send-message';
import { prisma } from '#server/platform/database';
import { type Cast, gatherCast, makeFile } from '#tests/support/cast';
import { refusalOf } from '#tests/support/refusals';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});

const filesOf = ({ files }: Message) => files.map(({ id }) => id);

it('a message may be sent empty and get its files later, in the order given', async () => {
  const { alice, general } = cast;
  const [sent] = await sendMessage(alice, { conversationId: general, entries: [{}], mayBeEmpty: true });
  expect(sent).toMatchObject({ text: null, files: [] });
  const messageId = sent?.id as number;
  const [one, two] = [await makeFile(alice), await makeFile(alice)];
  expect(filesOf(await reviseMessage(alice, { messageId, fileIds: [two, one] }))).toEqual([two, one]);
  const captioned = await reviseMessage(alice, { messageId, text: 'look, @bob' });
  expect(captioned).toMatchObject({ text: 'look, @bob', mentions: [{ name: 'Bob' }] });
  expect(filesOf(captioned)).toEqual([two, one]);
  expect(filesOf(await reviseMessage(alice, { messageId, fileIds: [one] }))).toEqual([one]);
  expect(await prisma.file.count({ where: { id: two } })).toBe(0);
  expect((await reviseMessage(alice, { messageId, text: '' })).text).toBeNull();
});

it('refuses what would leave nothing, what is not theirs and files of others', async () => {
  const { alice, bob, mallory, general, secret } = cast;
  const [sent] = await sendMessage(alice, { conversationId: general, entries: [{ text: 'x' }] });
  const messageId = sent?.id as number;
  const [theirs, mine] = [await makeFile(bob), await makeFile(alice)];
  const revise = (actor: typeof alice, change: { text?: string; fileIds?: number[] }) =>
    refusalOf(reviseMessage(actor, { messageId, ...change }));
  expect(await revise(alice, {})).toBe('invalid/empty');
  expect(await revise(alice, { text: ' ' })).toBe('invalid/empty');
  expect(await revise(alice, { text: '', fileIds: [] })).toBe('invalid/empty');
  expect(await revise(alice, { fileIds: [theirs] })).toBe('not_found/file');
  expect(await revise(alice, { fileIds: [mine, mine] })).toBe('invalid/file_repeated');
  expect(await revise(bob, { text: 'y' })).toBe('forbidden/not_the_sender');
  const hidden = await sendMessage(alice, { conversationId: secret, entries: [{ text: 'x' }] });
  expect(await refusalOf(reviseMessage(mallory, { messageId: hidden[0]?.id as number, text: 'y' }))).toBe(
    'not_found/message',
  );
});

it('one upload goes into one message, however many ask for it at once', async () => {
  const { alice, general, secret } = cast;
  const file = await makeFile(alice);
  const drafts = await Promise.all(
    [general, secret, general].map((conversationId) =>
      sendMessage(alice, { conversationId, entries: [{ text: 'x' }] }),
    ),
  );
  const outcomes = await Promise.allSettled(
    drafts.map(([message]) => reviseMessage(alice, { messageId: message?.id as number, fileIds: [file] })),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
