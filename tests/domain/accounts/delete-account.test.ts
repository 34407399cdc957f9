import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { grantAdministrator } from '#server/domain/accounts/administrators';
import { deleteAccount } from '#server/domain/accounts/delete-account';
import { listAccounts } from '#server/domain/accounts/list-accounts';
import { signIn } from '#server/domain/accounts/sign-in';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import { findConversation, listConversations } from '#server/domain/conversations/find-conversations';
import { openDirect } from '#server/domain/direct-messages/open-direct';
import type { Actor } from '#server/domain/kernel/actor';
import { listMembers } from '#server/domain/memberships/list-members';
import { listMessages } from '#server/domain/messages/list-messages';
import { listPresence } from '#server/domain/presence/list-presence';
import { actorOfSessionToken } from '#server/domain/sessions/actor-of-session-token';
import { prisma } from '#server/platform/database';
import { eventsOf } from '#tests/support/events';
import { accountOf, BROWSER, newcomer, openChannels, PASSWORD, signedInAgain } from '#tests/support/people';
import { say } from '#tests/support/say';

const soft = { kind: 'soft', password: PASSWORD } as const;
const hard = { kind: 'hard', password: PASSWORD } as const;

let count = 0;
let owner: Actor;
let leaver: Actor;
let general: number;

beforeAll(async () => {
  await openChannels('general');
  owner = await newcomer('owner');
  general = (await listConversations(owner))[0]?.id as number;
});
beforeEach(async () => {
  leaver = await newcomer(`leaver-${++count}`);
});

async function textsIn(conversationId: number) {
  const { messages } = await listMessages(owner, { conversationId, limit: 50 });
  return messages.filter(({ kind }) => kind === 'text').map(({ sender, text }) => [sender?.name, text]);
}

describe('deleting an account', () => {
  it('ends its sessions at once and for good', async () => {
    const { token } = await signedInAgain(leaver);
    expect(await actorOfSessionToken(token)).not.toBeNull();
    await deleteAccount(leaver, soft);
    expect(await actorOfSessionToken(token)).toBeNull();
    await expect(signIn({ username: leaver.username, password: PASSWORD }, BROWSER)).rejects.toMatchObject({
      reason: 'bad_credentials',
    });
  });

  it('leaves nothing of the person in the row, in lists or in presence', async () => {
    await deleteAccount(leaver, soft);
    expect(await accountOf(leaver)).toMatchObject({ username: null, passwordHash: null, avatarFile: null });
    expect((await listAccounts()).some(({ id }) => id === leaver.accountId)).toBe(false);
    expect((await listPresence()).some(({ person }) => person.id === leaver.accountId)).toBe(false);
    expect((await listMembers(owner, general)).some(({ id }) => id === leaver.accountId)).toBe(false);
  });

  it('frees the name for somebody else, who is not the same person', async () => {
    const direct = await openDirect(owner, [leaver.accountId]);
    await deleteAccount(leaver, soft);
    const successor = await newcomer(leaver.username);
    expect(await openDirect(owner, [successor.accountId])).not.toBe(direct);
  });

  it('keeps what it wrote, as a deleted person’s, if that is wanted', async () => {
    const { id } = await createPrivateChannel(owner, { name: 'soft', accountIds: [leaver.accountId] });
    await say(leaver, id, 'I was here');
    await deleteAccount(leaver, soft);
    expect(await textsIn(id)).toEqual([['Deleted User', 'I was here']]);
  });

  it('removes the content of what it wrote everywhere, and keeps the order without holes', async () => {
    const { id } = await createPrivateChannel(owner, { name: 'hard', accountIds: [leaver.accountId] });
    await say(leaver, id, 'first @everyone');
    await say(owner, id, 'between');
    await say(leaver, id, 'last');
    const inPublic = await say(leaver, general, 'in public');
    const before = await findConversation(owner, id);

    const events = await eventsOf(() => deleteAccount(leaver, hard));

    expect(await textsIn(id)).toEqual([
      ['Deleted User', null],
      ['owner', 'between'],
      ['Deleted User', null],
    ]);
    const erased = await prisma.message.findMany({ where: { senderId: leaver.accountId } });
    expect(erased).toHaveLength(3);
    for (const message of erased) {
      expect(message).toMatchObject({ text: null, mentions: [], mentionsEveryone: false });
      expect(message.deletedAt).toBe(message.changedAt);
    }
    expect(events).toContainEqual({
      type: 'message_deleted',
      audience: { conversationId: general },
      payload: { conversationId: general, messageId: inPublic.id },
    });
    expect(events.filter(({ type }) => type === 'message_deleted')).toHaveLength(3);
    expect(await findConversation(owner, id)).toMatchObject({ lastSeq: before.lastSeq, unread: 0 });
  });

  it('takes it out of private channels, where it is told, and keeps direct conversations for the others', async () => {
    const { id } = await createPrivateChannel(owner, { name: 'told', accountIds: [leaver.accountId] });
    const direct = await openDirect(leaver, [owner.accountId]);
    await say(leaver, direct, 'bye');

    const events = await eventsOf(() => deleteAccount(leaver, soft));

    expect(await listMembers(owner, id)).toEqual([{ id: owner.accountId, name: 'owner', displayName: null }]);
    expect(events).toContainEqual({
      type: 'member_left',
      audience: { conversationId: id },
      payload: { conversationId: id, accountId: leaver.accountId },
    });
    expect(events.slice(-2)).toMatchObject([
      {
        type: 'account_deleted',
        audience: 'everyone',
        payload: { accountId: leaver.accountId, by: 'self', name: leaver.username, email: null },
      },
      { type: 'session_ended', audience: { accountIds: [leaver.accountId] } },
    ]);
    expect((await findConversation(owner, direct)).people.map(({ name }) => name)).toEqual([
      'Deleted User',
      'owner',
    ]);
    expect(await textsIn(direct)).toEqual([['Deleted User', 'bye']]);
  });

  it('needs the password', async () => {
    await expect(deleteAccount(leaver, { kind: 'hard', password: 'wrong' })).rejects.toMatchObject({
      kind: 'forbidden',
      reason: 'wrong_password',
    });
    expect(await accountOf(leaver)).toMatchObject({ username: leaver.username, deletedAt: null });
  });
});

describe('the last owner', () => {
  it('can not go while there are only members, and nothing is erased by trying', async () => {
    await say(owner, general, 'still here');
    await expect(deleteAccount(owner, hard)).rejects.toMatchObject({
      kind: 'conflict',
      reason: 'last_owner',
    });
    expect(await textsIn(general)).toContainEqual(['owner', 'still here']);
  });

  it('hands the server over to the administrator of longest standing', async () => {
    const younger = await newcomer('younger');
    await grantAdministrator('younger');
    await grantAdministrator(leaver.username);
    await deleteAccount(owner, soft);
    expect(await accountOf(leaver)).toMatchObject({ role: 'owner' });
    expect(await accountOf(younger)).toMatchObject({ role: 'admin' });

    await Promise.allSettled([deleteAccount(leaver, soft), deleteAccount(younger, soft)]);
    const owners = await prisma.account.count({ where: { role: 'owner', deletedAt: null } });
    const rest = await prisma.account.count({ where: { deletedAt: null } });
    expect(rest).toBeGreaterThan(0);
    expect(owners).toBe(1);
  });
});
