import type { Headerish } from '#server/auth/headers';
import type { Face } from '#server/domain/kernel/actor';
import type { Device } from '#server/domain/sessions/session';

/** The device behind a request. `address` is the client's, as the server established it; null if it could not. */
export function deviceOf(face: Face, headers: Headerish, address: string | null): Device {
  return { face, userAgent: headers.get('user-agent') || null, ip: address };
}
