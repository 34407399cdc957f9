import { createHash, randomBytes } from 'node:crypto';

/** A new session's secret: 256 random bits, so that guessing and hashing without salt are both out of the question. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of it: whoever reads the table can't sign in with it. */
export function hashOfToken(token: string): Buffer<ArrayBuffer> {
  return createHash('sha256').update(token).digest();
}
