import type { Readable } from 'node:stream';
import { z } from 'zod';
import { requestActor } from '#server/auth/request-actor';
import { isCrossSiteWrite } from '#server/dialects/kit/cross-site';
import { readText } from '#server/dialects/kit/read-body';
import { shownName } from '#server/domain/files/file';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { takeAllowance } from '#server/platform/rate-limit';
import { answering } from '#server/uploads/answers';
import { MAX_FILES, type Outcome } from '#server/uploads/file-router';
import { cloudHandler, cloudToken, localHandler } from '#server/uploads/route-handler';
import { withoutHost } from '#server/uploads/signed-urls';

const BODY_BYTES = 64 * 1024;
const CALLBACK_HEADER = 'uploadthing-hook';
const PLACES = { name: 'uploads', most: 200, perSeconds: 60 };

/** What a browser asks for; the library itself would take any string into a URL. */
const Wanted = z.object({
  files: z
    .array(
      z.object({
        name: z.string().transform(shownName),
        size: z.number(),
        // for want of one the library looks the name up, and fails on "constructor"; what a file is, we see ourselves
        type: z
          .string()
          .regex(/^[\x20-\x7e]{0,200}$/)
          .transform((type) => type || 'application/octet-stream'),
        lastModified: z.number().optional(),
      }),
    )
    .min(1)
    .max(MAX_FILES),
  input: z.null().catch(null),
});

/**
 * `POST /api/uploadthing`: UploadThing's endpoint. A signed-in browser asks for places to upload to; UploadThing's
 * cloud, when that is where files go, reports here what arrived.
 */
export function handleUploadThing(request: Request, incoming: Readable | null = null): Promise<Response> {
  return answering(async () => {
    const token = cloudToken();
    const body = await readText({ request, incoming }, BODY_BYTES);
    if (token && request.headers.has(CALLBACK_HEADER)) return callback(request, body, token);
    return presign(request, body, token);
  });
}

async function presign(request: Request, body: string, token: string | undefined): Promise<Response> {
  refuseUnless(!isCrossSiteWrite(request), 'forbidden', 'cross_site');
  const actor = await requestActor(request.headers);
  refuseUnless(actor, 'unauthenticated', 'signed_out');
  // Our own callbacks never pass this door, so nobody may knock on it as one.
  refuseUnless(!request.headers.has(CALLBACK_HEADER), 'forbidden', 'not_a_callback');
  refuseUnless(takeAllowance(PLACES, actor.accountId) === 0, 'rate_limited', 'too_many_at_once');
  const wanted = Wanted.safeParse(parsed(body)).data;
  refuseUnless(wanted, 'invalid', 'bad_input');
  const outcome: Outcome = {};
  const handle = await (token
    ? cloudHandler({ actor, outcome }, token)
    : localHandler({ actor, outcome }, actor.accountId));
  const response = await handle(withBody(request, JSON.stringify(wanted)));
  if (outcome.failure !== undefined) throw outcome.failure;
  if (!response.ok) return response;
  const slots = (await response.json()) as { url: string }[];
  return Response.json(
    slots.map((slot) => ({ ...slot, url: withoutHost(slot.url) })),
    { headers: { 'cache-control': 'no-store' } },
  );
}

/** The library checks the signature; what fails here the cloud will report again. */
async function callback(request: Request, body: string, token: string): Promise<Response> {
  const outcome: Outcome = {};
  const handle = await cloudHandler({ actor: null, outcome }, token);
  const response = await handle(withBody(request, body));
  if (outcome.failure !== undefined) throw outcome.failure;
  return response;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** The same request with a body that has been read already. */
function withBody(request: Request, body: string): Request {
  return new Request(request.url, { method: 'POST', headers: request.headers, body });
}
