import { beforeAll, describe, expect, it } from 'vitest';
import { grantAdministrator, revokeAdministrator } from '#server/domain/accounts/administrators';
import { listAudit } from '#server/domain/audit/list-audit';
import type { Actor } from '#server/domain/kernel/actor';
import { actorOfSessionToken } from '#server/domain/sessions/actor-of-session-token';
import { eventsOf } from '#tests/support/events';
import { accountOf, newcomers, openChannels, signedInAgain } from '#tests/support/people';

let owner: Actor;
let alice: Actor;

beforeAll(async () => {
  await openChannels('general');
  [owner, alice] = await newcomers('owner', 'Alice');
});

describe('administrators', () => {
  it('are made by name in any letter case, which everyone learns and open sessions follow', async () => {
    const { token } = await signedInAgain(alice);
    expect(await actorOfSessionToken(token)).toMatchObject({ role: 'member' });
    const events = await eventsOf(() => grantAdministrator(' ALICE '));
    expect(events).toEqual([
      { type: 'account_changed', audience: 'everyone', payload: { accountId: alice.accountId } },
    ]);
    expect(await actorOfSessionToken(token)).toMatchObject({ role: 'admin' });
    expect((await listAudit(owner)).entries).toMatchObject([
      { action: 'user.role.update', actor: null, targetId: alice.accountId, metadata: { role: 'admin' } },
    ]);
  });

  it('become members again', async () => {
    await revokeAdministrator('alice');
    expect(await accountOf(alice)).toMatchObject({ role: 'member' });
  });

  it('are not made of owners', async () => {
    expect(await eventsOf(() => grantAdministrator('owner'))).toEqual([]);
    expect(await accountOf(owner)).toMatchObject({ role: 'owner' });
  });

  it('never leave the server without an owner', async () => {
    await expect(revokeAdministrator('owner')).rejects.toMatchObject({
      kind: 'conflict',
      reason: 'last_owner',
    });
  });

  it('have to exist', async () => {
    await expect(grantAdministrator('nobody')).rejects.toMatchObject({
      kind: 'not_found',
      reason: 'account',
    });
    await expect(revokeAdministrator('no body\0')).rejects.toMatchObject({
      kind: 'not_found',
      reason: 'account',
    });
  });
});
