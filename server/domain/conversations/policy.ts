import type { Actor } from '#server/domain/kernel/actor';
import type { ConversationKind, MemberRole, Prisma, Visibility } from '#server/platform/database';

type Place = { kind: ConversationKind; visibility: Visibility; adminsOnly: boolean };

/** The conversations that exist for the actor. Being a member is the only way to see one. */
export function visibleTo(actor: Pick<Actor, 'accountId'>) {
  return {
    archivedAt: null,
    memberships: { some: { accountId: actor.accountId } },
  } satisfies Prisma.ConversationWhereInput;
}

/** Whether a member may write here. */
export function mayPost(actor: Actor, place: Pick<Place, 'adminsOnly'>, role: MemberRole): boolean {
  return !place.adminsOnly || actor.role !== 'member' || role !== 'member';
}

/** Whether members decide what it is called and who is in it: so it is for private channels, for everyone in them. */
export function isRunByItsMembers(place: Pick<Place, 'kind' | 'visibility'>): boolean {
  return place.kind === 'channel' && place.visibility === 'private';
}
