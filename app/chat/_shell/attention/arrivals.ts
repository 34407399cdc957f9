import type { ConversationView, Standing } from '#app/_live/model.ts';

/** `rootId` is the thread it came in, if it did not come in the conversation itself. */
export type Arrival = { conversationId: number; mentionsMe: boolean; rootId?: number };

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

/** The same in the threads I follow. One that was not heard of before had nothing unread. */
export function threadArrivals(
  before: ReadonlyMap<number, Standing>,
  after: ReadonlyMap<number, Standing>,
): Arrival[] {
  if (before === after) return [];
  const found: Arrival[] = [];
  for (const [rootId, standing] of after) {
    const old = before.get(rootId);
    if (old === standing || !standing.following || standing.unread <= (old?.unread ?? 0)) continue;
    if (standing.lastAt > (old?.lastAt ?? 0)) {
      found.push({ conversationId: standing.conversationId, mentionsMe: false, rootId });
    }
  }
  return found;
}
