import type { Actor } from '#server/domain/kernel/actor';
import type { Preview } from '#server/domain/previews/preview';

/** What a link leads to; null whenever there is nothing to show, whatever the reason. Never rejects. */
export async function linkPreview(_actor: Actor, _url: string): Promise<Preview | null> {
  return null;
}
