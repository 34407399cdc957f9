import { createHmac, timingSafeEqual } from 'node:crypto';
import { sessionSecret } from '#server/auth/session-secret';
import { processSingleton } from '#server/platform/process-singleton';
import { isStoredName } from '#server/platform/storage/stored-name';

// The URLs UploadThing's library signs are absolute; the browser gets them without this host, so that it uploads to
// the origin its page came from, whatever proxies and names are in front of us.
const NOWHERE = 'http://parley.invalid';
export const INGEST_PATH = '/api/uploads';
export const INGEST_URL = NOWHERE + INGEST_PATH;

/** A place to upload one file to, as signed for one account. */
export type UploadSlot = {
  key: string;
  /** our name for the file */
  name: string;
  originalName: string;
  mediaType: string;
  /** bytes announced, and so the most that may come */
  size: number;
  slug: string;
};

/** UploadThing's library takes its keys in a token; the app it names is the account, so that URLs can't be shared. */
export function localToken(accountId: number): string {
  const token = {
    apiKey: signingKey(),
    appId: appIdOf(accountId),
    regions: ['here'],
    ingestHost: 'parley.invalid',
  };
  return Buffer.from(JSON.stringify(token)).toString('base64');
}

/** The URL as the browser gets it: path and query only. */
export function withoutHost(url: string): string {
  return url.startsWith(NOWHERE) ? url.slice(NOWHERE.length) : url;
}

/** What a presigned URL was signed for; null if it wasn't by us, not for this account, or has expired. */
export function openSignedUrl(accountId: number, requestUrl: string): UploadSlot | null {
  const { pathname, search, searchParams } = new URL(requestUrl);
  const signed = /^(.*)&signature=[^&]*$/.exec(search)?.[1];
  const signature = searchParams.get('signature');
  if (signed === undefined || signature === null || !isSignatureOf(NOWHERE + pathname + signed, signature))
    return null;
  if (Number(searchParams.get('expires')) <= Date.now()) return null;
  const fact = (key: string) => decodeURIComponent(searchParams.get(`x-ut-${key}`) ?? '');
  if (fact('identifier') !== appIdOf(accountId) || !isStoredName(fact('custom-id'))) return null;
  return {
    key: pathname.slice(INGEST_PATH.length + 1),
    name: fact('custom-id'),
    originalName: fact('file-name'),
    mediaType: fact('file-type'),
    size: Number(fact('file-size')),
    slug: fact('slug'),
  };
}

/** In the form of UploadThing's `x-uploadthing-signature`. */
export function sign(payload: string): string {
  return `hmac-sha256=${createHmac('sha256', signingKey()).update(payload).digest('hex')}`;
}

function isSignatureOf(payload: string, signature: string): boolean {
  const expected = Buffer.from(sign(payload));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** One for all processes that share the session secret. UploadThing wants its keys to begin like this. */
function signingKey(): string {
  return processSingleton(
    'uploads.key',
    () => `sk_${createHmac('sha256', sessionSecret()).update('uploads').digest('hex')}`,
  );
}

function appIdOf(accountId: number): string {
  return `account-${accountId}`;
}
