import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { requestActor } from '#server/auth/request-actor';
import { isCrossSiteWrite } from '#server/dialects/kit/cross-site';
import { readMultipart } from '#server/dialects/kit/multipart';
import type { Asked } from '#server/dialects/kit/read-body';
import type { FileView } from '#server/domain/files/file';
import { keepBytes } from '#server/domain/files/keep-bytes';
import { findUploadOrNull } from '#server/domain/files/store-upload';
import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { processSingleton } from '#server/platform/process-singleton';
import { fileStore } from '#server/platform/storage/stores';
import { Turnstiles } from '#server/platform/turnstile';
import { answering } from '#server/uploads/answers';
import type { Outcome } from '#server/uploads/file-router';
import { cloudToken, localHandler, type Told } from '#server/uploads/route-handler';
import { INGEST_URL, openSignedUrl, sign, type UploadSlot } from '#server/uploads/signed-urls';

/** What a multipart body may hold besides the file. */
const OVERHEAD_BYTES = 64 * 1024;
const FROM_THE_START = /^bytes=0-$/;

const perAccount = processSingleton(
  'uploads.turnstiles',
  () => new Turnstiles<number>({ width: 6, line: 30 }),
);

/**
 * `HEAD` and `PUT /api/uploads/{key}`: the other half of UploadThing's protocol, with this server's store behind it.
 * HEAD says how much has arrived (`x-ut-range-start`, always 0: an interrupted upload leaves nothing behind); PUT
 * takes the file as multipart and answers UploadThing's result, whose `serverData` is the `FileView`.
 */
export function handleIngest(request: Request, incoming: Readable | null = null): Promise<Response> {
  return answering(async () => {
    refuseUnless(!cloudToken(), 'not_found', 'uploads_go_elsewhere');
    refuseUnless(!isCrossSiteWrite(request), 'forbidden', 'cross_site');
    const actor = await requestActor(request.headers);
    refuseUnless(actor, 'unauthenticated', 'signed_out');
    const slot = openSignedUrl(actor.accountId, request.url);
    refuseUnless(slot, 'forbidden', 'bad_signature');
    if (request.method === 'HEAD') return new Response(null, { headers: { 'x-ut-range-start': '0' } });
    const range = request.headers.get('range') ?? 'bytes=0-';
    refuseUnless(FROM_THE_START.test(range), 'invalid', 'bad_range');
    return perAccount.run(actor.accountId, () => take({ request, incoming }, actor, slot));
  });
}

async function take(asked: Asked, actor: Actor, slot: UploadSlot): Promise<Response> {
  // The answer to an earlier attempt may have been lost on its way.
  const earlier = await findUploadOrNull(actor, slot.name);
  if (earlier) return result(slot, earlier, '');
  const fileHash = await keepFile(asked, slot);
  return result(slot, await runCallback(actor, slot, fileHash), fileHash);
}

/** Keeps the one file of the body, which must be as long as announced; answers its MD5, as UploadThing does. */
async function keepFile(asked: Asked, slot: UploadSlot): Promise<string> {
  const hash = createHash('md5');
  async function* hashed(stream: AsyncIterable<Uint8Array>) {
    for await (const chunk of stream) {
      hash.update(chunk);
      yield chunk;
    }
  }
  let found = false;
  const { files } = await readMultipart(asked, slot.size + OVERHEAD_BYTES, {
    take: ({ stream }) => {
      if (found) return null;
      found = true;
      return keepBytes(fileStore(), hashed(stream), slot.name, slot.size);
    },
  });
  const [size] = files;
  refuseUnless(size !== undefined, 'invalid', 'no_file');
  if (size !== slot.size) await fileStore().delete(slot.name);
  refuseUnless(size === slot.size, 'invalid', 'not_the_announced_size');
  return hash.digest('hex');
}

/** Tells the file router what arrived, as UploadThing's cloud would: signed, with its `onUploadComplete` to answer. */
async function runCallback(actor: Actor, slot: UploadSlot, fileHash: string): Promise<FileView> {
  const url = urlOf(slot);
  const payload = JSON.stringify({
    status: 'uploaded',
    metadata: { accountId: actor.accountId },
    origin: INGEST_URL,
    file: {
      key: slot.key,
      name: slot.originalName,
      size: slot.size,
      type: slot.mediaType,
      customId: slot.name,
      url,
      appUrl: url,
      ufsUrl: url,
      fileHash,
    },
  });
  const outcome: Outcome = {};
  const told: Told = {};
  const handle = await localHandler({ actor: null, outcome }, actor.accountId, told);
  const response = await handle(
    new Request(`${INGEST_URL}?slug=${encodeURIComponent(slot.slug)}`, {
      method: 'POST',
      body: payload,
      headers: {
        'content-type': 'application/json',
        'uploadthing-hook': 'callback',
        'x-uploadthing-signature': sign(payload),
      },
    }),
  );
  if (outcome.failure !== undefined) throw outcome.failure;
  if (!told.callbackData) throw new Error(`the file router answered ${response.status} to its own callback`);
  return told.callbackData as FileView;
}

function result(slot: UploadSlot, serverData: FileView, fileHash: string): Response {
  const url = urlOf(slot);
  return Response.json(
    { url, appUrl: url, ufsUrl: url, fileHash, serverData },
    { headers: { 'cache-control': 'no-store' } },
  );
}

function urlOf(slot: UploadSlot): string {
  return `/files/${slot.name}`;
}
