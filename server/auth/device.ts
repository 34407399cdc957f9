import type { Face } from '#server/domain/kernel/actor';
import type { Device } from '#server/domain/sessions/session';

type Headerish = { get(name: string): string | null | undefined };

/** The device behind a request. `peer` is the address of the connection's other end. */
export function deviceOf(_face: Face, _headers: Headerish, _peer: string | null): Device {
  throw new Error('not written yet');
}
