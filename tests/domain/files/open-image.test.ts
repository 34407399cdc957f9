import { buffer, text } from 'node:stream/consumers';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { datedName } from '#server/domain/files/dated-name';
import { findUploads } from '#server/domain/files/find-uploads';
import { openFile } from '#server/domain/files/open-file';
import { openAttachment, openImage } from '#server/domain/files/open-image';
import { storeAttachment } from '#server/domain/files/store-attachment';
import { storeImage } from '#server/domain/files/store-image';
import { storeUpload } from '#server/domain/files/store-upload';
import type { Actor } from '#server/domain/kernel/actor';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { reviseMessage } from '#server/domain/messages/revise-message';
import { sendMessage } from '#server/domain/messages/send-message';
import { plain, prisma } from '#server/platform/database';
import { fileStore } from '#server/platform/storage/stores';
import { type Cast, gatherCast, joinLate, leave } from '#tests/support/cast';
import { picture, streamOf } from '#tests/support/pictures';
import { refusalOf } from '#tests/support/refusals';

let cast: Cast;

beforeAll(async () => {
  cast = await gatherCast();
});

const NOT_FOUND = 'not_found/no_such_file';

const store = (actor: Actor, conversationId: number, bytes: Uint8Array = Buffer.from('picture')) =>
  storeImage(actor, { conversationId, filename: 'a.png', bytes });

/** As the web app and Minimost upload: for any conversation. */
async function upload(actor: Actor, originalName: string, content: Buffer | string) {
  const { id } = await storeUpload(actor, { originalName, stream: streamOf(content) });
  return plain(await prisma.file.findUniqueOrThrow({ where: { id } }));
}

async function send(actor: Actor, conversationId: number, ...fileIds: number[]) {
  const [message] = await sendMessage(actor, { conversationId, entries: [{ fileIds }] });
  return message?.id ?? 0;
}

const open = (
  actor: Actor,
  conversationId: number,
  file: { name: string; createdAt: number },
  thumb = false,
) => openImage(actor, { conversationId, datedName: datedName(file), thumb });

describe('an image of a conversation', () => {
  it('is open to its members from the upload on, and to nobody else [MK-49]', async () => {
    const file = await store(cast.alice, cast.secret);
    const both = async () => {
      for (const member of [cast.alice, cast.bob, cast.carol]) {
        expect(await text(await (await open(member, cast.secret, file)).read())).toBe('picture');
      }
      for (const other of [cast.dave, cast.mallory]) {
        expect(await refusalOf(open(other, cast.secret, file))).toBe(NOT_FOUND);
      }
    };
    await both();
    await send(cast.alice, cast.secret, file.id);
    await both();
  });

  it('is not found through another conversation, not even by its uploader [MK-49]', async () => {
    const file = await store(cast.alice, cast.direct);
    for (const step of ['unsent', 'sent']) {
      for (const place of [cast.general, cast.secret, 999_999, Number.MAX_SAFE_INTEGER]) {
        expect([step, await refusalOf(open(cast.alice, place, file))]).toEqual([step, NOT_FOUND]);
      }
      if (step === 'unsent') await send(cast.alice, cast.direct, file.id);
    }
  });

  it('may be one that was uploaded in another face, once a message carries it', async () => {
    const file = await upload(cast.alice, 'web.gif', await picture('gif'));
    expect(await refusalOf(open(cast.alice, cast.general, file))).toBe(NOT_FOUND);
    await send(cast.alice, cast.general, file.id);
    expect(await open(cast.bob, cast.general, file)).toMatchObject({ mediaType: 'image/gif' });
  });

  it('is never a file that is no image', async () => {
    const file = await upload(cast.alice, 'page.html', '<h1>hello</h1>');
    await send(cast.alice, cast.general, file.id);
    expect(await refusalOf(open(cast.alice, cast.general, file))).toBe(NOT_FOUND);
  });

  it('is found by its date as well as its name [MK-48]', async () => {
    const file = await store(cast.alice, cast.general);
    expect(
      await refusalOf(open(cast.alice, cast.general, { ...file, createdAt: file.createdAt + 1_000 })),
    ).toBe(NOT_FOUND);
    for (const datedName of ['', file.name, '../../settings.json', `1764400000123-${'0'.repeat(32)}.png`]) {
      expect(await refusalOf(openImage(cast.alice, { conversationId: cast.general, datedName }))).toBe(
        NOT_FOUND,
      );
    }
  });

  it('goes with its message, its membership and its conversation', async () => {
    const [deleted, old, archived] = [
      await store(cast.alice, cast.general),
      await store(cast.alice, cast.secret),
      await store(cast.alice, cast.secret),
    ];
    const messageId = await send(cast.alice, cast.general, deleted.id);
    await deleteMessage(cast.alice, { messageId });
    expect(await refusalOf(open(cast.alice, cast.general, deleted))).toBe(NOT_FOUND);

    await send(cast.alice, cast.secret, old.id);
    await joinLate(cast.dave, cast.secret);
    expect(await refusalOf(open(cast.dave, cast.secret, old))).toBe(NOT_FOUND);
    await send(cast.alice, cast.secret, archived.id);
    expect(await open(cast.dave, cast.secret, archived)).toBeDefined();
    await leave(cast.dave, cast.secret);
    expect(await refusalOf(open(cast.dave, cast.secret, archived))).toBe(NOT_FOUND);

    await prisma.conversation.update({ where: { id: cast.secret }, data: { archivedAt: 1 } });
    expect(await refusalOf(open(cast.alice, cast.secret, archived))).toBe(NOT_FOUND);
    expect(await refusalOf(openFile(cast.alice, archived.name))).toBe(NOT_FOUND);
    await prisma.conversation.update({ where: { id: cast.secret }, data: { archivedAt: null } });
  });

  it('is safe to open when it is a drawing that came in as it was', async () => {
    const file = await upload(cast.alice, 'a.svg', '<svg onload="alert(1)"><script/><rect/></svg>');
    await send(cast.alice, cast.general, file.id);
    const opened = await open(cast.bob, cast.general, file);
    const bytes = await buffer(await opened.read());
    expect(bytes.toString()).toMatch(/^<svg [^>]*xlink"><rect><\/rect><\/svg>$/);
    expect(opened.size).toBe(bytes.length);
    expect(await text(await opened.read({ start: 1, end: 3 }))).toBe('svg');
    const broken = await upload(cast.alice, 'a.svg', 'alert(1)');
    await send(cast.alice, cast.general, broken.id);
    expect(await refusalOf(open(cast.bob, cast.general, broken))).toBe(NOT_FOUND);
  });
});

describe('the thumbnail', () => {
  const kept = async (id: number) => (await prisma.file.findUniqueOrThrow({ where: { id } })).thumbnailName;

  it('is a JPEG where there is one, else the image itself [MK-47]', async () => {
    const [real, other] = [
      await store(cast.alice, cast.general, await picture('png')),
      await store(cast.alice, cast.general),
    ];
    expect(await open(cast.bob, cast.general, real)).toMatchObject({ mediaType: 'image/png' });
    expect(await open(cast.bob, cast.general, real, true)).toMatchObject({
      mediaType: 'image/jpeg',
      inline: true,
    });
    expect(await open(cast.bob, cast.general, other, true)).toMatchObject({ mediaType: 'image/png' });
  });

  it('of a picture from the web app is made when first asked for, once', async () => {
    const file = await upload(cast.alice, 'a.webp', await picture('webp', { width: 900, height: 300 }));
    expect(await kept(file.id)).toBeNull();
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => openFile(cast.alice, file.name, { size: 'thumb' })),
    );
    expect(new Set(opened.map(({ etag }) => etag)).size).toBe(1);
    expect(await kept(file.id)).toBe(opened[0]?.name);
    const small = await buffer(await (opened[0] as (typeof opened)[0]).read());
    expect(await sharp(small).metadata()).toMatchObject({ format: 'jpeg', width: 400, height: 133 });
  });

  it('of two processes that make it at once is the one that was noted', async () => {
    const file = await upload(cast.alice, 'a.png', await picture('png', { width: 41, height: 41 }));
    const first = openFile(cast.alice, file.name, { size: 'thumb' });
    const noted = await store(cast.alice, cast.general, await picture('png'));
    await first;
    expect(await kept(file.id)).not.toBe(await kept(noted.id));
    expect(await fileStore().stat((await kept(file.id)) ?? '')).not.toBeNull();
  });

  it('of anything else is the file', async () => {
    for (const [name, content] of [
      ['a.png', 'no picture'],
      ['a.svg', '<svg/>'],
      ['a.pdf', 'paper'],
    ] as const) {
      const file = await upload(cast.alice, name, content);
      for (const turn of [1, 2]) {
        const opened = await openFile(cast.alice, file.name, { size: 'thumb' });
        expect([turn, await text(await opened.read())]).toEqual([turn, content]);
      }
    }
  });

  it('whose bytes are lost gives way to the image', async () => {
    const file = await store(cast.alice, cast.general, await picture('png'));
    await fileStore().delete((await kept(file.id)) ?? '');
    expect(await open(cast.alice, cast.general, file, true)).toMatchObject({ mediaType: 'image/png' });
  });
});

describe('what a message may carry, by dated name', () => {
  const find = (
    actor: Actor,
    conversationId: number,
    files: { name: string; createdAt: number }[],
    messageId = 0,
  ) => findUploads(actor, { conversationId, datedNames: files.map(datedName), messageId });

  it('is one’s own uploads for that conversation or for any, in order, each once', async () => {
    const scoped = await store(cast.alice, cast.general);
    const free = await upload(cast.alice, 'a.png', 'x');
    expect(await find(cast.alice, cast.general, [scoped, free, scoped])).toEqual([scoped.id, free.id]);
    expect(await find(cast.alice, cast.general, [free, scoped])).toEqual([free.id, scoped.id]);
    expect(await find(cast.alice, cast.general, [])).toEqual([]);
  });

  it('is nothing of another conversation, of somebody else, of another message, or made up', async () => {
    const refused = async (work: Promise<unknown>) =>
      expect(await refusalOf(work)).toBe('invalid/unknown_file');
    const [own, foreign, sent] = [
      await store(cast.alice, cast.general),
      await store(cast.bob, cast.general),
      await store(cast.alice, cast.general),
    ];
    await refused(find(cast.alice, cast.secret, [own]));
    await refused(find(cast.alice, cast.general, [own, foreign]));
    const messageId = await send(cast.alice, cast.general, sent.id);
    await refused(find(cast.alice, cast.general, [sent]));
    await refused(find(cast.alice, cast.general, [{ ...own, createdAt: 0 }]));
    await refused(findUploads(cast.alice, { conversationId: cast.general, datedNames: ['', 'a.png'] }));
    expect(await find(cast.alice, cast.general, [sent, own], messageId)).toEqual([sent.id, own.id]);
  });
});

describe('an image meant for one conversation', () => {
  it('goes into no other, by a send or by a revision', async () => {
    const file = await store(cast.alice, cast.secret);
    expect(await refusalOf(send(cast.alice, cast.general, file.id))).toBe('not_found/file');
    const messageId = await send(cast.alice, cast.general, (await store(cast.alice, cast.general)).id);
    expect(await refusalOf(reviseMessage(cast.alice, { messageId, fileIds: [file.id] }))).toBe(
      'not_found/file',
    );
    expect(await send(cast.alice, cast.secret, file.id)).toBeGreaterThan(0);
  });

  it('is gone once a revision leaves it out, and so is its thumbnail [MK-39]', async () => {
    const [kept, dropped] = [
      await store(cast.alice, cast.general, await picture('png')),
      await store(cast.alice, cast.general, await picture('png')),
    ];
    const messageId = await send(cast.alice, cast.general, kept.id, dropped.id);
    const { thumbnailName } = await prisma.file.findUniqueOrThrow({ where: { id: dropped.id } });
    await reviseMessage(cast.alice, { messageId, fileIds: [kept.id] });
    expect(await refusalOf(open(cast.alice, cast.general, dropped))).toBe(NOT_FOUND);
    expect(await open(cast.alice, cast.general, kept)).toBeDefined();
    for (const name of [dropped.name, thumbnailName ?? '']) expect(await fileStore().stat(name)).toBeNull();
  });
});

describe('an attachment', () => {
  it.each(['a.pdf', 'a.TXT', 'a.docx', 'a.pptx', 'a.zip'])('may be called %s', async (filename) => {
    const file = await storeAttachment(cast.alice, { filename, bytes: Buffer.from('paper') });
    const row = plain(await prisma.file.findUniqueOrThrow({ where: { id: file.id } }));
    const opened = await openAttachment(cast.alice, datedName(row));
    expect(opened).toMatchObject({ originalName: filename, size: 5, inline: false });
    expect(await refusalOf(openAttachment(cast.bob, datedName(row)))).toBe(NOT_FOUND);
    await send(cast.alice, cast.direct, file.id);
    expect(await openAttachment(cast.bob, datedName(row))).toMatchObject({ inline: false });
    expect(await refusalOf(openAttachment(cast.carol, datedName(row)))).toBe(NOT_FOUND);
    expect(await refusalOf(openAttachment(cast.bob, file.name))).toBe(NOT_FOUND);
    expect(await refusalOf(openAttachment(cast.bob, datedName({ ...row, createdAt: 5_000 })))).toBe(
      NOT_FOUND,
    );
  });

  it('is refused for its name, for nothing in it and for too much', async () => {
    const put = (filename: string, bytes: Buffer) =>
      refusalOf(storeAttachment(cast.alice, { filename, bytes }));
    for (const name of ['a.exe', 'a.html', 'a.svg', 'pdf', '']) {
      expect(await put(name, Buffer.from('x'))).toBe('invalid/file_type');
    }
    expect(await put('a.pdf', Buffer.alloc(0))).toBe('invalid/no_file');
    expect(await put('a.pdf', Buffer.alloc(25 * 1024 * 1024 + 1))).toBe('invalid/file_too_large');
  });
});
