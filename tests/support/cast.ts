// The people and places that tests are about, written straight into the database: a test about messages needs
// neither sign-up nor the rules of creating channels.

import type { Actor, InstanceRole } from '#server/domain/kernel/actor';
import { lockConversation } from '#server/domain/kernel/lock';
import { now } from '#server/platform/clock';
import {
  type ConversationKind,
  type MemberRole,
  plain,
  prisma,
  type Visibility,
} from '#server/platform/database';

export type Cast = Awaited<ReturnType<typeof gatherCast>>;

/**
 * alice owns the server, bob administers it, carol and dave are members, mallory is a member whom nobody invited
 * anywhere. `general` is public; `secret` has alice, bob and carol; `direct` is between alice and bob.
 */
export async function gatherCast() {
  const alice = await makeActor('alice', 'owner');
  const bob = await makeActor('Bob', 'admin');
  const carol = await makeActor('carol');
  const dave = await makeActor('dave');
  const mallory = await makeActor('mallory');
  const everyone = [alice, bob, carol, dave, mallory];
  return {
    alice,
    bob,
    carol,
    dave,
    mallory,
    everyone,
    general: await makeConversation({ name: 'general', visibility: 'public', members: everyone }),
    secret: await makeConversation({ name: 'secret', members: [alice, bob, carol] }),
    direct: await makeConversation({ kind: 'direct', members: [alice, bob] }),
  };
}

/** An account that can act; no session row stands behind it. */
export async function makeActor(username: string, role: InstanceRole = 'member'): Promise<Actor> {
  const { id } = await prisma.account.create({ data: { username, role, createdAt: now() } });
  return { accountId: Number(id), username, role, sessionId: 0, face: 'web' };
}

/** The actor behind an account that is there already. */
export async function actorOf(username: string): Promise<Actor> {
  const { id, role } = await prisma.account.findUniqueOrThrow({ where: { username } });
  return { accountId: Number(id), username, role, sessionId: 0, face: 'web' };
}

type ConversationDraft = {
  kind?: ConversationKind;
  visibility?: Visibility;
  name?: string;
  adminsOnly?: boolean;
  members: readonly Actor[];
};

/** Returns the conversation's id. Its members see everything from the start. */
export async function makeConversation({
  members,
  kind = 'channel',
  ...fields
}: ConversationDraft): Promise<number> {
  const { id } = await prisma.conversation.create({
    data: {
      kind,
      ...fields,
      directKey: kind === 'direct' ? directKeyOf(members) : null,
      createdAt: now(),
      memberships: { create: members.map(({ accountId }) => ({ accountId, joinedAt: now() })) },
    },
  });
  return Number(id);
}

function directKeyOf(members: readonly Actor[]): string {
  return members
    .map(({ accountId }) => accountId)
    .sort((a, b) => a - b)
    .join(',');
}

/** Somebody joins now and sees nothing older. */
export async function joinLate(
  actor: Actor,
  conversationId: number,
  role: MemberRole = 'member',
): Promise<void> {
  await prisma.$transaction(async (db) => {
    const place = await lockConversation(db, conversationId);
    if (!place) throw new Error('no such conversation');
    await db.membership.create({
      data: {
        conversationId,
        accountId: actor.accountId,
        role,
        joinedAt: now(),
        historyStart: place.lastSeq,
        readSeq: place.lastSeq,
        readOrdinal: place.lastOrdinal,
      },
    });
  });
}

/** Somebody is no longer a member from now on. */
export async function leave(actor: Actor, conversationId: number): Promise<void> {
  await prisma.$transaction(async (db) => {
    await lockConversation(db, conversationId);
    await db.membership.delete({ where: standing(actor, conversationId) });
  });
}

/** The membership's row. */
export async function membershipOf(actor: Actor, conversationId: number) {
  return plain(await prisma.membership.findUniqueOrThrow({ where: standing(actor, conversationId) }));
}

function standing(actor: Actor, conversationId: number) {
  return { conversationId_accountId: { conversationId, accountId: actor.accountId } };
}

/** An upload of somebody's that no message carries yet; returns its id. No bytes stand behind it. */
export async function makeFile(uploader: Actor, originalName = 'picture.png'): Promise<number> {
  const { id } = await prisma.file.create({
    data: {
      name: `${crypto.randomUUID().replaceAll('-', '')}.png`,
      originalName,
      mediaType: 'image/png',
      size: 68,
      width: 1,
      height: 1,
      uploaderId: uploader.accountId,
      createdAt: now(),
    },
  });
  return Number(id);
}
