import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TRUSTED_HEADERS } from '#server/dialects/kit/page-answer';
import { env } from '#server/platform/env';

const PROCESS_MARK = randomBytes(4).toString('hex');
let count = 0;

/** Set by us on every request, whatever came from outside: the id in the log and the address of the client. */
export const REQUEST_ID = 'x-request-id';
export const CLIENT_ADDRESS = 'x-real-ip';

const FROM_PROXY = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-forwarded-port'];
const OURS = [...TRUSTED_HEADERS, 'x-nonce', 'content-security-policy', 'x-door', 'x-middleware-subrequest'];

/**
 * Makes a request's headers trustworthy: what only we or a trusted proxy may say is deleted when somebody else said
 * it. Everything behind may then believe `x-request-id`, `x-real-ip` and `x-forwarded-*`.
 */
export function purify(req: IncomingMessage): void {
  const { headers } = req;
  for (const name of OURS) delete headers[name];
  const proxied = env().TRUST_PROXY;
  const forwarded = proxied ? headers['x-forwarded-for'] : undefined;
  if (!proxied) for (const name of FROM_PROXY) delete headers[name];
  headers[CLIENT_ADDRESS] = lastOf(forwarded) ?? req.socket.remoteAddress ?? '';
  headers[REQUEST_ID] =
    (proxied && givenId(headers[REQUEST_ID])) || `${PROCESS_MARK}-${(++count).toString(36)}`;
}

/** The entry that our own proxy appended; those before it are the client's word. */
function lastOf(forwarded: string | string[] | undefined): string | null {
  return (
    String(forwarded ?? '')
      .split(',')
      .at(-1)
      ?.trim() || null
  );
}

function givenId(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) ? value : null;
}
