import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { addAccountAsAdmin } from '#server/domain/accounts/add-account-as-admin';
import { listPeople } from '#server/domain/accounts/list-directory';
import { removeAccount } from '#server/domain/accounts/remove-account';
import { resetPasswordAsAdmin } from '#server/domain/accounts/reset-password-as-admin';
import { setRole } from '#server/domain/accounts/set-role';
import { listAudit } from '#server/domain/audit/list-audit';
import { changePublicChannel } from '#server/domain/channels/change-public-channel';
import { createPublicChannel } from '#server/domain/channels/create-public-channel';
import { deletePublicChannel } from '#server/domain/channels/delete-public-channel';
import { Id } from '#server/domain/kernel/ids';
import { listOutbox } from '#server/domain/mail/list-outbox';
import { renameServer } from '#server/domain/server/rename-server';
import { changeSignInSettings, readSignInSettings } from '#server/domain/sign-in/sign-in-settings';
import { signInWays } from '#server/domain/sign-in/sign-in-ways';
import { createWebhook } from '#server/domain/webhooks/create-webhook';
import { deleteWebhook } from '#server/domain/webhooks/delete-webhook';
import { listWebhooks } from '#server/domain/webhooks/list-webhooks';
import { AuthMode } from '#server/platform/settings-schema';
import { Name, Password, Stamp } from '#server/trpc/inputs';
import { procedure } from '#server/trpc/procedure';

const Channel = z.object({ conversationId: Id });
const Topic = Name.nullable().optional();
const Audit = z.object({
  limit: z.number().int().min(1).max(100).optional(),
  offset: z.number().int().nonnegative().optional(),
  category: z.enum(['server', 'user']).optional(),
  action: z.string().max(100).optional(),
  from: Stamp.optional(),
  to: Stamp.optional(),
});
const Outbox = z.object({ before: Id.optional(), limit: z.number().int().min(1).max(200).optional() });
const SignIn = z
  .object({ authMode: AuthMode, isInviteRequired: z.boolean(), appUrl: z.string().max(2_000) })
  .partial();

/** What administrators do; the domain refuses everybody else. */
export const admin = {
  people: procedure.query(({ ctx }) => listPeople(ctx.actor)),
  setRole: procedure
    .input(z.object({ accountId: Id, role: z.enum(['owner', 'admin', 'member']) }))
    .mutation(({ ctx, input }) => setRole(ctx.actor, input)),
  addAccount: procedure
    .input(
      z.object({
        email: Name,
        role: z.enum(['member', 'admin']).optional(),
        password: Password.optional(),
      }),
    )
    .mutation(({ ctx, input }) => addAccountAsAdmin(ctx.actor, input)),
  resetPassword: procedure
    .input(z.object({ accountId: Id, password: Password }))
    .mutation(({ ctx, input }) => resetPasswordAsAdmin(ctx.actor, input)),
  removeAccount: procedure
    .input(z.object({ accountId: Id }))
    .mutation(({ ctx, input }) => removeAccount(ctx.actor, input.accountId)),

  createChannel: procedure
    .input(z.object({ name: Name, topic: Topic }))
    .mutation(({ ctx, input }) => createPublicChannel(ctx.actor, input)),
  changeChannel: procedure
    .input(Channel.extend({ name: Name.optional(), topic: Topic }))
    .mutation(({ ctx, input }) => changePublicChannel(ctx.actor, input)),
  deleteChannel: procedure
    .input(Channel)
    .mutation(({ ctx, input }) => deletePublicChannel(ctx.actor, input.conversationId)),

  webhooks: procedure.query(({ ctx }) => listWebhooks(ctx.actor)),
  /** the only answer that ever holds the token */
  createWebhook: procedure
    .input(Channel.extend({ name: Name }))
    .mutation(({ ctx, input }) => createWebhook(ctx.actor, input)),
  deleteWebhook: procedure
    .input(z.object({ webhookId: Id }))
    .mutation(({ ctx, input }) => deleteWebhook(ctx.actor, input.webhookId)),

  renameServer: procedure
    .input(z.object({ name: Name }))
    .mutation(({ ctx, input }) => renameServer(ctx.actor, input.name)),
  signInSettings: procedure.query(({ ctx }) => readSignInSettings(ctx.actor)),
  changeSignInSettings: procedure
    .input(SignIn)
    .mutation(({ ctx, input }) => changeSignInSettings(ctx.actor, input)),
  signInWays: procedure.query(() => signInWays()),
  outbox: procedure.input(Outbox).query(({ ctx, input }) => listOutbox(ctx.actor, input)),
  audit: procedure.input(Audit).query(({ ctx, input }) => listAudit(ctx.actor, input)),
} satisfies TRPCRouterRecord;
