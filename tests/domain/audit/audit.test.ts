import { beforeAll, describe, expect, it } from 'vitest';
import { deleteAccount } from '#server/domain/accounts/delete-account';
import { exitServer } from '#server/domain/accounts/exit-server';
import { removeAccount } from '#server/domain/accounts/remove-account';
import { setRole } from '#server/domain/accounts/set-role';
import { AUDIT_ACTIONS } from '#server/domain/audit/audit';
import { listAudit } from '#server/domain/audit/list-audit';
import { changePublicChannel } from '#server/domain/channels/change-public-channel';
import { createPublicChannel } from '#server/domain/channels/create-public-channel';
import { deletePublicChannel } from '#server/domain/channels/delete-public-channel';
import type { Actor } from '#server/domain/kernel/actor';
import { renameServer } from '#server/domain/server/rename-server';
import { createWebhook } from '#server/domain/webhooks/create-webhook';
import { deleteWebhook } from '#server/domain/webhooks/delete-webhook';
import { now } from '#server/platform/clock';
import { newcomer, newcomers, openChannels, PASSWORD } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';

let owner: Actor;
let alice: Actor;
let began: number;

beforeAll(async () => {
  await openChannels('general');
  [owner, alice] = await newcomers('owner', 'alice');
  began = now();
});

describe('the audit log', () => {
  it('tells who did what to whom, newest first', async () => {
    await renameServer(owner, 'Lighthouse');
    const { id } = await createPublicChannel(owner, { name: 'launch' });
    await changePublicChannel(owner, { conversationId: id, name: 'moon' });
    const { webhook } = await createWebhook(owner, { name: 'CI', conversationId: id });
    await deleteWebhook(owner, webhook.id);
    await deletePublicChannel(owner, id);
    await setRole(owner, { accountId: alice.accountId, role: 'admin' });
    const [bob, carol, dave] = await newcomers('bob', 'carol', 'dave');
    await removeAccount(alice, bob.accountId);
    await exitServer(carol);
    await deleteAccount(dave, { kind: 'soft', password: PASSWORD });

    const { entries, total, hasMore } = await listAudit(owner);
    expect({ total, hasMore }).toEqual({ total: 10, hasMore: false });
    expect(entries.reverse().map(({ action, actor }) => [actor?.name, action])).toEqual([
      ['owner', 'server.settings.update'],
      ['owner', 'channel.create'],
      ['owner', 'channel.update'],
      ['owner', 'webhook.create'],
      ['owner', 'webhook.delete'],
      ['owner', 'channel.delete'],
      ['owner', 'user.role.update'],
      ['alice', 'user.remove'],
      ['Deleted User', 'user.exit'],
      ['Deleted User', 'user.exit'],
    ]);
    expect(entries[2]).toMatchObject({
      targetType: 'channel',
      targetId: id,
      metadata: { name: 'moon', formerName: 'launch' },
    });
    expect(entries[6]).toMatchObject({ metadata: { role: 'admin', formerRole: 'member' } });
    // who left by themselves takes the name along
    expect(entries[7]).toMatchObject({ targetId: bob.accountId, metadata: { username: 'bob' } });
    expect(entries[8]).toMatchObject({ targetId: carol.accountId, metadata: {} });
  });

  it('keeps nothing of what was refused', async () => {
    const { total } = await listAudit(owner);
    const mallory = await newcomer('mallory');
    await refusalOf(renameServer(mallory, 'Mine'));
    await refusalOf(renameServer(owner, ''));
    await refusalOf(setRole(owner, { accountId: owner.accountId, role: 'member' }));
    expect((await listAudit(owner)).total).toBe(total);
    expect(await refusalOf(listAudit(mallory))).toBe('forbidden/not_an_administrator');
  });

  it('is read in pages', async () => {
    const all = (await listAudit(owner, { limit: 100 })).entries;
    const pages = [0, 4, 8].map((offset) => listAudit(owner, { limit: 4, offset }));
    const read = await Promise.all(pages);
    expect(read.map(({ entries, hasMore }) => [entries.length, hasMore])).toEqual([
      [4, true],
      [4, true],
      [2, false],
    ]);
    expect(read.flatMap(({ entries }) => entries)).toEqual(all);
    expect(await listAudit(owner, { limit: 0, offset: -3 })).toMatchObject({ limit: 1, offset: 0 });
    expect(await listAudit(owner, { limit: 1_000 })).toMatchObject({ limit: 100 });
    expect((await listAudit(owner, { offset: 1_000 })).entries).toEqual([]);
  });

  it('is filtered by category, action and time', async () => {
    const actions = async (filter: Parameters<typeof listAudit>[1]) => {
      return new Set((await listAudit(owner, filter)).entries.map(({ action }) => action));
    };
    expect(await actions({ category: 'user' })).toEqual(
      new Set(['user.role.update', 'user.remove', 'user.exit']),
    );
    expect(await actions({ category: 'server' })).not.toContain('user.exit');
    expect(await actions({ action: 'webhook.create' })).toEqual(new Set(['webhook.create']));
    expect(await actions({ action: 'webhook.create', category: 'user' })).toEqual(new Set());
    expect(await actions({ action: 'no such thing' })).toEqual(new Set());
    const { entries } = await listAudit(owner);
    const [newest] = entries;
    expect((await listAudit(owner, { from: newest?.createdAt })).entries).toEqual([newest]);
    expect((await listAudit(owner, { to: began })).entries).toEqual([]);
    expect((await listAudit(owner, { from: began, to: newest?.createdAt })).total).toBe(entries.length);
  });

  it('knows every action by one category', () => {
    expect(AUDIT_ACTIONS.length).toBeGreaterThan(10);
    expect(new Set(AUDIT_ACTIONS).size).toBe(AUDIT_ACTIONS.length);
  });
});
