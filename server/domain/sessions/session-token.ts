import { createHash, randomBytes } from 'node:crypto';
import type { Face } from '#server/domain/kernel/actor';

/**
 * A new session's secret: 256 random bits or more, so that guessing and hashing without salt are both out of the
 * question. MikroChat documents 80 hexadecimal digits for its refresh tokens (mikrochat.md §1.2).
 */
export function newSessionToken(face: Face = 'web'): string {
  return face === 'mikrochat' ? randomBytes(40).toString('hex') : randomBytes(32).toString('base64url');
}

/** What the database keeps of it: whoever reads the table can't sign in with it. */
export function hashOfToken(token: string): Buffer<ArrayBuffer> {
  return createHash('sha256').update(token).digest();
}

/** What lists show of it. */
export function hintOf(token: string): string {
  return token.slice(0, 8);
}
