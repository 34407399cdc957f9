import { beforeAll, describe, expect, it } from 'vitest';
import { sendMessage } from '#server/domain/messages/send-message';
import { prisma } from '#server/platform/database';
import { type Cast, gatherCast, makeFile } from '#tests/support/cast';
import { refusalOf } from '#tests/support/refusals';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});

describe('repeating a send with the same client key', () => {
  it('stores nothing and answers what the first one stored', async () => {
    const { alice, general } = cast;
    const input = {
      conversationId: general,
      entries: [{ text: 'once' }, { text: 'and only once' }],
      clientKey: 'k1',
    };
    const first = await sendMessage(alice, input);
    const again = await sendMessage(alice, { ...input, entries: [{ text: 'something else' }] });
    expect(again).toEqual(first);
    expect(await prisma.message.count({ where: { clientKey: 'k1' } })).toBe(1);
  });

  it('many at once, in one conversation or several, are one', async () => {
    const { alice, general, secret, direct } = cast;
    const everywhere = Array.from({ length: 30 }, (_, index) =>
      sendMessage(alice, {
        conversationId: [general, secret, direct][index % 3] as number,
        entries: [{ text: `try ${index}` }],
        clientKey: 'k2',
      }),
    );
    const answers = await Promise.all(everywhere);
    expect(new Set(answers.map(([message]) => message?.id)).size).toBe(1);
    expect(await prisma.message.count({ where: { clientKey: 'k2' } })).toBe(1);
    for (const conversationId of [general, secret, direct]) await expectDense(conversationId);
  });

  it('means nothing for another sender', async () => {
    const { alice, bob, general } = cast;
    const [one] = await sendMessage(alice, {
      conversationId: general,
      entries: [{ text: 'a' }],
      clientKey: 'k3',
    });
    const [two] = await sendMessage(bob, {
      conversationId: general,
      entries: [{ text: 'b' }],
      clientKey: 'k3',
    });
    expect(two?.id).not.toBe(one?.id);
  });
});

async function expectDense(conversationId: number) {
  const rows = await prisma.message.findMany({ where: { conversationId }, orderBy: { seq: 'asc' } });
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
}

describe('files', () => {
  it('can be attached by whoever uploaded them, once', async () => {
    const { alice, bob, general } = cast;
    const file = await makeFile(alice);
    const send = (actor: typeof alice, fileIds: number[]) =>
      sendMessage(actor, { conversationId: general, entries: [{ fileIds }] });
    expect(await refusalOf(send(bob, [file]))).toBe('not_found/file');
    expect(await refusalOf(send(alice, [file, 987_654]))).toBe('not_found/file');
    expect(await refusalOf(send(alice, [file, file]))).toBe('invalid/file_repeated');
    expect(await send(alice, [file])).toMatchObject([{ files: [{ id: file }] }]);
    expect(await refusalOf(send(alice, [file]))).toBe('not_found/file');
  });

  it('go into one message only, however many sends want them at once', async () => {
    const { alice, general, secret } = cast;
    const file = await makeFile(alice);
    const wanted = Array.from({ length: 12 }, (_, index) =>
      sendMessage(alice, {
        conversationId: index % 2 ? general : secret,
        entries: [{ fileIds: [file] }],
      }).catch((error) => refusalOf(Promise.reject(error))),
    );
    const results = await Promise.all(wanted);
    expect(results.filter((result) => result === 'not_found/file')).toHaveLength(11);
  });
});
