import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exitServer } from '#server/domain/accounts/exit-server';
import { removeAccount } from '#server/domain/accounts/remove-account';
import { setRole } from '#server/domain/accounts/set-role';
import { changePublicChannel } from '#server/domain/channels/change-public-channel';
import { createPublicChannel } from '#server/domain/channels/create-public-channel';
import { deletePublicChannel } from '#server/domain/channels/delete-public-channel';
import { publicChannels } from '#server/domain/channels/public-channels';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import { openDirect } from '#server/domain/direct-messages/open-direct';
import type { Actor } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { transaction } from '#server/domain/kernel/transaction';
import { renameServer } from '#server/domain/server/rename-server';
import { actorOfSessionToken } from '#server/domain/sessions/actor-of-session-token';
import { createWebhook } from '#server/domain/webhooks/create-webhook';
import { webhookOfToken } from '#server/domain/webhooks/webhook-of-token';
import { closeHub } from '#server/live/hub';
import { prisma } from '#server/platform/database';
import { presentDelivery } from '#server/trpc/present-delivery';
import { Listening, presentPosition } from '#tests/support/listening';
import { newcomers, openChannels, signedInAgain } from '#tests/support/people';
import { say } from '#tests/support/say';

let owner: Actor;
let alice: Actor;
let bob: Actor;
const open: Listening[] = [];

async function listen(actor: Actor, after?: number): Promise<Listening> {
  const listening = new Listening(actor, { after: after ?? (await presentPosition()) });
  open.push(listening);
  return listening;
}

beforeAll(async () => {
  await openChannels('general');
  [owner, alice, bob] = await newcomers('owner', 'alice', 'bob');
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((listening) => listening.leave()));
});

afterAll(closeHub);

describe('what administrators do', () => {
  it('reaches everybody with what it takes to show it', async () => {
    const stream = await listen(alice);
    const { id } = await createPublicChannel(owner, { name: 'launch' });
    await changePublicChannel(owner, { conversationId: id, topic: 'To the moon' });
    await createWebhook(owner, { name: 'CI', conversationId: id });
    await renameServer(owner, 'Lighthouse');
    await setRole(owner, { accountId: bob.accountId, role: 'admin' });
    await stream.until(({ types }) => types.includes('account_changed'));
    expect(stream.events.map(({ event, channel, account }) => [event.type, channel ?? account])).toEqual([
      // as they are when they are delivered, which may be a moment later
      ['conversation_created', expect.objectContaining({ id, name: 'launch' })],
      ['conversation_changed', expect.objectContaining({ id, topic: 'To the moon', isDefault: false })],
      ['webhook_created', undefined],
      ['server_changed', undefined],
      ['account_changed', expect.objectContaining({ id: bob.accountId, role: 'admin' })],
    ]);
    await setRole(owner, { accountId: bob.accountId, role: 'member' });
  });

  it('tells the members of a private channel about it, and nobody what a direct conversation is', async () => {
    const stream = await listen(alice);
    const { id } = await createPrivateChannel(bob, { name: 'secret', accountIds: [alice.accountId] });
    const direct = await openDirect(bob, [alice.accountId]);
    await say(bob, direct, 'psst');
    await stream.until(({ texts }) => texts.includes('psst'));
    const created = stream.events.filter(({ event }) => event.type === 'conversation_created');
    expect(created.map(({ channel }) => channel)).toMatchObject([
      { id, name: 'secret', visibility: 'private', isDefault: false },
      ...created.slice(1).map(() => null),
    ]);
  });
});

describe('what another process did', () => {
  /** As its commands do, but for what they drop from the memory of their own process. */
  async function elsewhere(work: Parameters<typeof transaction<unknown>>[0]): Promise<void> {
    await transaction(work);
  }

  it('is known here within a moment: roles, channels, webhooks', async () => {
    const stream = await listen(alice);
    await renameServer(owner, 'before');
    await stream.until(({ types }) => types.includes('server_changed'));
    const channel = await createPublicChannel(owner, { name: 'there' });
    const { webhook, token } = await createWebhook(owner, { name: 'CI', conversationId: channel.id });
    const session = await signedInAgain(bob);
    expect((await publicChannels()).map(({ name }) => name)).toContain('there');
    expect(await webhookOfToken(token)).not.toBeNull();
    expect(await actorOfSessionToken(session.token)).toMatchObject({ role: 'member' });

    await elsewhere(async (db) => {
      const { id: conversationId } = channel;
      await db.account.update({ where: { id: bob.accountId }, data: { role: 'admin' } });
      await publish(db, 'everyone', { type: 'account_changed', accountId: bob.accountId });
      await db.webhook.delete({ where: { id: webhook.id } });
      await publish(db, 'everyone', { type: 'webhook_deleted', webhookId: webhook.id, conversationId });
      await db.conversation.update({ where: { id: conversationId }, data: { name: 'elsewhere' } });
      await publish(db, { conversationId }, { type: 'conversation_changed', conversationId });
    });

    await stream.until(({ types }) => types.includes('webhook_deleted'), 1_000);
    await expect.poll(() => webhookOfToken(token), { timeout: 1_000 }).toBeNull();
    await expect
      .poll(() => actorOfSessionToken(session.token), { timeout: 1_000 })
      .toMatchObject({ role: 'admin' });
    await expect
      .poll(async () => (await publicChannels()).map(({ name }) => name), { timeout: 1_000 })
      .toContain('elsewhere');
    await setRole(owner, { accountId: bob.accountId, role: 'member' });
  });
});

describe('a deleted channel', () => {
  it('is the last that anybody hears of it', async () => {
    const { id } = await createPublicChannel(owner, { name: 'doomed' });
    const stream = await listen(alice);
    await say(bob, id, 'last words');
    await deletePublicChannel(owner, id);
    // whatever would still be said in it
    await transaction((db) =>
      publish(db, { conversationId: id }, { type: 'conversation_changed', conversationId: id }),
    );
    await renameServer(owner, 'Afterwards');
    await stream.until(({ types }) => types.includes('server_changed'));
    expect(stream.types).toEqual(['message_sent', 'conversation_deleted', 'server_changed']);
    expect(stream.events[1]?.event).toMatchObject({ conversationId: id, name: 'doomed' });
  });

  it('is told to those who were away', async () => {
    const { id } = await createPublicChannel(owner, { name: 'doomed too' });
    const position = await presentPosition();
    await deletePublicChannel(owner, id);
    const stream = await listen(alice, position);
    await stream.until(({ types }) => types.includes('conversation_deleted'));
  });
});

describe('whoever is removed', () => {
  it('MK-73 hears of it on every stream, then nothing, within a second', async () => {
    const [carol] = await newcomers('carol');
    await prisma.account.update({ where: { id: carol.accountId }, data: { email: 'carol@example.com' } });
    const second = (await signedInAgain(carol)).actor;
    const { id } = await createPrivateChannel(carol, { name: 'carols', accountIds: [alice.accountId] });
    const streams = await Promise.all([carol, second].map((actor) => listen(actor)));
    const witness = await listen(alice);
    await say(alice, id, 'carol is here');
    for (const stream of streams) await stream.until(({ texts }) => texts.includes('carol is here'));

    const began = performance.now();
    await removeAccount(owner, carol.accountId);
    await say(alice, id, 'carol is gone');

    for (const stream of streams) {
      await stream.until(({ ended }) => ended !== null, 1_000);
      expect(stream.ended).toMatchObject({ kind: 'unauthenticated' });
      expect(stream.events.at(-1)?.event).toEqual({
        type: 'account_deleted',
        accountId: carol.accountId,
        by: 'admin',
        name: 'carol',
        email: 'carol@example.com',
      });
      expect(stream.texts).not.toContain('carol is gone');
    }
    expect(performance.now() - began).toBeLessThan(1_000);
    await witness.until(({ texts }) => texts.includes('carol is gone'));
    const told = witness.events.find(({ event }) => event.type === 'account_deleted');
    const shown = told && presentDelivery(alice, told);
    expect(shown).toMatchObject({ event: { accountId: carol.accountId, name: 'carol', email: null } });
    expect(JSON.stringify(shown)).not.toContain('example.com');
  });

  it('or goes by themselves, likewise', async () => {
    const [dave] = await newcomers('dave');
    const stream = await listen(dave);
    await renameServer(owner, 'Lighthouse');
    await exitServer(dave);
    await stream.until(({ ended }) => ended !== null, 1_000);
    expect(stream.events.at(-1)?.event).toMatchObject({ type: 'account_deleted', by: 'self' });
  });
});
