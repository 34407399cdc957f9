import type { ConversationKind, Visibility } from '#server/platform/database';

/** Whether its members, all alike, decide what it is called and who is in it: so it is in private channels. */
export function isRunByMembers(place: { kind: ConversationKind; visibility: Visibility }): boolean {
  return place.kind === 'channel' && place.visibility === 'private';
}
