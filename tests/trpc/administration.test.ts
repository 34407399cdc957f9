import type { AnyTRPCProcedure } from '@trpc/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPublicChannel } from '#server/domain/channels/public-channels';
import type { Actor } from '#server/domain/kernel/actor';
import { createWebhook } from '#server/domain/webhooks/create-webhook';
import { closeHub } from '#server/live/hub';
import { appRouter, createCaller } from '#server/trpc/root';
import { eventsOf } from '#tests/support/events';
import { newcomers, openChannels } from '#tests/support/people';

/** What every member may ask although it stands among the rest; whoever adds a line here says why. */
const FOR_ALL = new Map([['signInWays', 'the pages for signing in tell it to visitors']]);

const names = Object.keys(appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>)
  .filter((path) => path.startsWith('admin.'))
  .map((path) => path.slice('admin.'.length));

let owner: Actor;
let alice: Actor;
let bob: Actor;

beforeAll(async () => {
  await openChannels('general', 'random');
  [owner, alice, bob] = await newcomers('owner', 'alice', 'bob');
});

afterAll(closeHub);

it('a member is refused by every procedure of the administration, whatever it is about', async () => {
  const { id: conversationId } = await findPublicChannel('random');
  const { webhook } = await createWebhook(owner, { name: 'CI', conversationId });
  const input: Record<string, unknown> = {
    conversationId,
    accountId: bob.accountId,
    webhookId: webhook.id,
    role: 'admin',
    name: 'renamed',
    email: 'somebody@example.com',
    password: 'a long enough password',
    isInviteRequired: true,
  };
  const { admin } = createCaller({ actor: alice, requestId: 'test' });
  const refused = names.filter((name) => !FOR_ALL.has(name));
  expect(refused.length).toBeGreaterThan(13);
  const events = await eventsOf(async () => {
    for (const name of refused) {
      const call = admin[name as keyof typeof admin] as (given: unknown) => Promise<unknown>;
      // so that what refuses is the rule, and not the form of the question
      const given = name === 'addAccount' ? { ...input, role: 'member' } : input;
      await expect(call(given), name).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message: 'not_an_administrator',
      });
    }
  });
  expect(events).toEqual([]);
});

it('an administrator is answered', async () => {
  const { admin } = createCaller({ actor: owner, requestId: 'test' });
  expect((await admin.people()).map(({ username }) => username)).toEqual(['owner', 'alice', 'bob']);
  expect(await admin.renameServer({ name: ' Lighthouse ' })).toBe('Lighthouse');
  expect((await admin.audit({ limit: 1 })).entries).toMatchObject([{ action: 'server.settings.update' }]);
  expect(await admin.outbox({})).toEqual([]);
  const bootstrap = await createCaller({ actor: alice, requestId: 'test' }).session.bootstrap();
  expect(bootstrap).toMatchObject({ serverName: 'Lighthouse', me: { role: 'member' } });
  expect(JSON.stringify(bootstrap)).not.toContain('email');
});
