import { z } from 'zod';

/** A row's number: a BIGINT in the database, kept below 2^53 so that JSON can carry it. */
export const Id = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** Which table a UUID's number belongs to. Never renumber: the tags are in ids that others have stored. */
const TAGS = {
  account: 1,
  conversation: 2,
  message: 3,
  file: 4,
  session: 5,
  community: 6,
  group: 7,
} as const;
export type EntityTag = keyof typeof TAGS;

/**
 * A version-8 UUID (RFC 9562 §5.8) that carries the entity's tag and number, so that faces with UUIDs need no
 * second column: 48 bits zero, version, 12 bits tag, variant, 62 bits number.
 */
export function uuidOf(tag: EntityTag, id: number): string {
  const low = (BigInt(id) | (0b10n << 62n)).toString(16).padStart(16, '0');
  const middle = TAGS[tag].toString(16).padStart(3, '0');
  return `00000000-0000-8${middle}-${low.slice(0, 4)}-${low.slice(4)}`;
}

/** The number in a UUID of this tag; null for every other string. */
export function idOfUuid(tag: EntityTag, uuid: string): number | null {
  const match = /^00000000-0000-8([0-9a-f]{3})-([0-9a-f]{4})-([0-9a-f]{12})$/.exec(uuid.toLowerCase());
  if (!match || Number.parseInt(match[1] as string, 16) !== TAGS[tag]) return null;
  const low = BigInt(`0x${match[2]}${match[3]}`);
  if (low >> 62n !== 0b10n) return null;
  const id = low & ((1n << 62n) - 1n);
  return id > 0n && id <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(id) : null;
}
