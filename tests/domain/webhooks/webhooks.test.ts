import { beforeAll, describe, expect, it } from 'vitest';
import { createPublicChannel } from '#server/domain/channels/create-public-channel';
import { deletePublicChannel } from '#server/domain/channels/delete-public-channel';
import { findPublicChannel } from '#server/domain/channels/public-channels';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import { openDirect } from '#server/domain/direct-messages/open-direct';
import type { Actor } from '#server/domain/kernel/actor';
import { createWebhook } from '#server/domain/webhooks/create-webhook';
import { deleteWebhook } from '#server/domain/webhooks/delete-webhook';
import { listWebhooks } from '#server/domain/webhooks/list-webhooks';
import { webhookOfToken } from '#server/domain/webhooks/webhook-of-token';
import { prisma } from '#server/platform/database';
import { eventsOf } from '#tests/support/events';
import { newcomers, openChannels } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';

let owner: Actor;
let alice: Actor;
let general: number;

beforeAll(async () => {
  await openChannels('general', 'random');
  [owner, alice] = await newcomers('owner', 'alice');
  general = (await findPublicChannel('general')).id;
});

describe('a webhook', () => {
  it('MK-63 has a token of 64 hex digits, told once and kept nowhere', async () => {
    let token = '';
    const events = await eventsOf(async () => {
      const made = await createWebhook(owner, { name: ' CI ', conversationId: general });
      token = made.token;
      expect(made.webhook).toMatchObject({
        name: 'CI',
        conversationId: general,
        channelName: 'general',
        createdById: owner.accountId,
      });
      expect(await webhookOfToken(token)).toEqual({
        id: made.webhook.id,
        name: 'CI',
        conversationId: general,
      });
    });
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(events).toMatchObject([
      { type: 'webhook_created', audience: 'everyone', payload: { conversationId: general, name: 'CI' } },
    ]);
    const stored = await prisma.$queryRaw`SELECT w::text FROM webhook w`;
    for (const place of [stored, events, await listWebhooks(owner), await prisma.auditEntry.findMany()]) {
      const text = JSON.stringify(place, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
      expect(text).not.toContain(token);
    }
  });

  it('is found by nothing but its token', async () => {
    for (const token of ['', 'x', '0'.repeat(64), 'A'.repeat(64), '0'.repeat(63), 'a.b.c', '\0']) {
      expect(await webhookOfToken(token)).toBeNull();
    }
  });

  it('MK-65 is the business of administrators alone', async () => {
    const { webhook } = await createWebhook(owner, { name: 'mine', conversationId: general });
    const attempts = [
      () => createWebhook(alice, { name: 'x', conversationId: general }),
      () => createWebhook(alice, { name: '', conversationId: 0 }),
      () => listWebhooks(alice),
      () => deleteWebhook(alice, webhook.id),
      () => deleteWebhook(alice, 999_999),
    ];
    for (const attempt of attempts) expect(await refusalOf(attempt())).toBe('forbidden/not_an_administrator');
  });

  it('belongs to a public channel that is there, and has a plain name', async () => {
    const secret = await createPrivateChannel(owner, { name: 'secret' });
    const direct = await openDirect(owner, [alice.accountId]);
    for (const conversationId of [secret.id, direct, 999_999]) {
      expect(await refusalOf(createWebhook(owner, { name: 'x', conversationId }))).toBe(
        'not_found/conversation',
      );
    }
    for (const name of ['', '  ', '<b>', 'a\u0000\u0001', 'x'.repeat(101)]) {
      expect(await refusalOf(createWebhook(owner, { name, conversationId: general }))).toBe(
        'invalid/webhook_name',
      );
    }
  });

  it('is worthless once deleted, at once and for good', async () => {
    const { webhook, token } = await createWebhook(owner, { name: 'short-lived', conversationId: general });
    expect(await webhookOfToken(token)).not.toBeNull();
    const events = await eventsOf(() => deleteWebhook(owner, webhook.id));
    expect(events).toEqual([
      {
        type: 'webhook_deleted',
        audience: 'everyone',
        payload: { webhookId: webhook.id, conversationId: general },
      },
    ]);
    expect(await webhookOfToken(token)).toBeNull();
    expect((await listWebhooks(owner)).some(({ id }) => id === webhook.id)).toBe(false);
    expect(await refusalOf(deleteWebhook(owner, webhook.id))).toBe('not_found/webhook');
  });

  it('goes once when two administrators delete it together', async () => {
    const { webhook } = await createWebhook(owner, { name: 'raced', conversationId: general });
    const both = await Promise.allSettled([1, 2, 3].map(() => deleteWebhook(owner, webhook.id)));
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('never outlives its channel, also when it is made while that is deleted', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await createPublicChannel(owner, { name: `going-${round}` });
      const [made] = await Promise.allSettled([
        createWebhook(owner, { name: 'late', conversationId: id }),
        deletePublicChannel(owner, id),
      ]);
      if (made.status === 'fulfilled') expect(await webhookOfToken(made.value.token)).toBeNull();
      expect(await prisma.webhook.count({ where: { conversationId: id } })).toBe(0);
    }
  });
});
