import type { ConversationView } from '#app/_live/model.ts';

export type Arrival = { conversationId: number; mentionsMe: boolean };

/** Where something new has come in between two states: what was unread before is no news. */
export function arrivals(
  before: ReadonlyMap<number, ConversationView>,
  after: ReadonlyMap<number, ConversationView>,
): Arrival[] {
  if (before === after) return [];
  const found: Arrival[] = [];
  for (const [conversationId, view] of after) {
    const old = before.get(conversationId);
    if (old === view || view.lastSeq <= (old?.lastSeq ?? 0) || view.unread <= (old?.unread ?? 0)) continue;
    found.push({ conversationId, mentionsMe: view.mentions > (old?.mentions ?? 0) });
  }
  return found;
}
