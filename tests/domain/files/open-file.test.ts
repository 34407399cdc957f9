import { buffer, text } from 'node:stream/consumers';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { discardUploads } from '#server/domain/files/discard-uploads';
import type { FileView } from '#server/domain/files/file';
import { openFile } from '#server/domain/files/open-file';
import { storeUpload } from '#server/domain/files/store-upload';
import type { Actor } from '#server/domain/kernel/actor';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { sendMessage } from '#server/domain/messages/send-message';
import { fileStore } from '#server/platform/storage/stores';
import { type Cast, gatherCast, joinLate, leave } from '#tests/support/cast';
import { picture, streamOf } from '#tests/support/pictures';

let cast: Cast;

beforeAll(async () => {
  cast = await gatherCast();
});

const NOT_FOUND = { kind: 'not_found', reason: 'no_such_file' };

const upload = (actor: Actor, originalName = 'picture.png', content: Buffer | string = 'picture') =>
  storeUpload(actor, { originalName, stream: streamOf(content) });

async function send(actor: Actor, conversationId: number, file: FileView) {
  const [message] = await sendMessage(actor, { conversationId, entries: [{ fileIds: [file.id] }] });
  return message as NonNullable<typeof message>;
}

describe('a file', () => {
  it('is open to whoever can read a message with it, and to nobody else [MM-75]', async () => {
    const bytes = await picture('png');
    const file = await upload(cast.alice, 'plan.png', bytes);
    await send(cast.alice, cast.secret, file);
    for (const reader of [cast.alice, cast.bob, cast.carol]) {
      const opened = await openFile(reader, file.name);
      expect(opened).toMatchObject({ mediaType: 'image/png', size: bytes.length, inline: true });
      expect(await buffer(await opened.read())).toEqual(bytes);
    }
    for (const outsider of [cast.dave, cast.mallory]) {
      await expect(openFile(outsider, file.name)).rejects.toMatchObject(NOT_FOUND);
    }
  });

  it('is its uploader’s alone until a message carries it', async () => {
    const file = await upload(cast.alice);
    expect(await text(await (await openFile(cast.alice, file.name)).read())).toBe('picture');
    await expect(openFile(cast.bob, file.name)).rejects.toMatchObject(NOT_FOUND);
    await send(cast.alice, cast.direct, file);
    await expect(openFile(cast.bob, file.name)).resolves.toBeDefined();
  });

  it('stays closed to those who joined later or have left', async () => {
    const before = await upload(cast.alice);
    await send(cast.alice, cast.secret, before);
    await joinLate(cast.dave, cast.secret);
    const after = await upload(cast.alice);
    await send(cast.alice, cast.secret, after);
    await expect(openFile(cast.dave, before.name)).rejects.toMatchObject(NOT_FOUND);
    await expect(openFile(cast.dave, after.name)).resolves.toBeDefined();
    await leave(cast.dave, cast.secret);
    await expect(openFile(cast.dave, after.name)).rejects.toMatchObject(NOT_FOUND);
  });

  it('is closed to its own uploader once they have left the conversation', async () => {
    const file = await upload(cast.carol);
    await send(cast.carol, cast.secret, file);
    await leave(cast.carol, cast.secret);
    await expect(openFile(cast.carol, file.name)).rejects.toMatchObject(NOT_FOUND);
    await expect(openFile(cast.bob, file.name)).resolves.toBeDefined();
  });

  it('goes with its message, bytes and all', async () => {
    const file = await upload(cast.alice);
    const message = await send(cast.alice, cast.general, file);
    await deleteMessage(cast.alice, { messageId: message.id });
    await expect(openFile(cast.alice, file.name)).rejects.toMatchObject(NOT_FOUND);
    expect(await fileStore().stat(file.name)).toBeNull();
  });

  it('can be thrown away by its uploader before it is sent, not after and not by others', async () => {
    const [unsent, sent] = [await upload(cast.alice), await upload(cast.alice)];
    await send(cast.alice, cast.general, sent);
    await discardUploads(cast.bob, [unsent.id, sent.id]);
    await expect(openFile(cast.alice, unsent.name)).resolves.toBeDefined();
    await discardUploads(cast.alice, [unsent.id, sent.id]);
    await expect(openFile(cast.alice, unsent.name)).rejects.toMatchObject(NOT_FOUND);
    await expect(openFile(cast.alice, sent.name)).resolves.toBeDefined();
    expect(await fileStore().stat(unsent.name)).toBeNull();
  });

  it('is read in parts', async () => {
    const file = await upload(cast.alice, 'text.txt', '0123456789');
    const opened = await openFile(cast.alice, file.name);
    expect(await text(await opened.read({ start: 2, end: 4 }))).toBe('234');
    expect(opened.etag).toContain(file.name);
  });

  it('is drawn by browsers only when it is a picture, which SVG is not', async () => {
    const inline = async (name: string) =>
      (await openFile(cast.alice, (await upload(cast.alice, name)).name)).inline;
    for (const name of ['a.png', 'a.JPG', 'a.jpeg', 'a.gif', 'a.webp']) expect(await inline(name)).toBe(true);
    for (const name of ['a.svg', 'a.html', 'a.pdf', 'a.xml', 'a.txt', 'a', 'a.png.html']) {
      expect(await inline(name)).toBe(false);
    }
  });

  it('is not found when its bytes are lost', async () => {
    const file = await upload(cast.alice);
    await fileStore().delete(file.name);
    await expect(openFile(cast.alice, file.name)).rejects.toMatchObject(NOT_FOUND);
  });

  it('is not found by any name that is not one, however it is spelled', async () => {
    const name = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom('..', '/', '\\', '%2e', '%2f', '\0', 'settings.json', 'session_secret'))
        .map((parts) => parts.join('')),
      fc.stringMatching(/^[0-9a-f]{32}\.png$/),
    );
    await fc.assert(
      fc.asyncProperty(name, async (guess) => {
        await expect(openFile(cast.alice, guess)).rejects.toMatchObject(NOT_FOUND);
      }),
      { numRuns: 200 },
    );
  });
});
