import type { Actor } from '#server/domain/kernel/actor';

/** The one question asked of headers, so that Node's and the Fetch API's both answer it. */
type Headerish = { get(name: string): string | null | undefined };

/** Who asks, by their session cookie; null for visitors. */
export async function requestActor(_headers: Headerish): Promise<Actor | null> {
  throw new Error('not written yet');
}
