/** Every way the domain says no. Each face maps the kinds once, exhaustively, to its own words. */
export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'rate_limited';

export type RefusalDetail = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * A command or read that may not go on. `reason` is a stable word for programs (`empty`, `not_editable`),
 * `detail` the few facts a face needs to phrase it. Carries no status code and no text for people.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly kind: RefusalKind,
    readonly reason: string,
    readonly detail: RefusalDetail = {},
  ) {
    super(`${kind}: ${reason}`);
  }
}

/** Next's bundle and main.ts hold separate copies of this class, so `instanceof` would miss the other's. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && error.name === 'Refusal' && 'kind' in error && 'reason' in error;
}

export function refuse(kind: RefusalKind, reason: string, detail?: RefusalDetail): never {
  throw new Refusal(kind, reason, detail);
}

export function refuseUnless(
  condition: unknown,
  kind: RefusalKind,
  reason: string,
  detail?: RefusalDetail,
): asserts condition {
  if (!condition) refuse(kind, reason, detail);
}
