import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { changePassword } from '#server/domain/accounts/change-password';
import { deleteAccount } from '#server/domain/accounts/delete-account';
import { findSignInFacts, removeEmail, requestEmail } from '#server/domain/accounts/own-email';
import { updateProfile } from '#server/domain/accounts/update-profile';
import { removeAvatar } from '#server/domain/avatars/store-avatar';
import { Id } from '#server/domain/kernel/ids';
import { endOtherSessions, endSession } from '#server/domain/sessions/end-sessions';
import { listSessions } from '#server/domain/sessions/list-sessions';
import { requestOwnPassword } from '#server/domain/sign-in/password-reset';
import { Email, Name, Password } from '#server/trpc/inputs';
import { procedure } from '#server/trpc/procedure';

const Profile = z.object({
  /** `#rrggbb` */
  nameColor: z.string().max(20).nullable().optional(),
  bio: z.string().max(10_000).nullable().optional(),
  displayName: Name.nullable().optional(),
});
const NewPassword = z.object({ currentPassword: Password, password: Password, confirmation: Password });

export const profile = {
  update: procedure.input(Profile).mutation(({ ctx, input }) => updateProfile(ctx.actor, input)),
  removeAvatar: procedure.mutation(({ ctx }) => removeAvatar(ctx.actor)),
  changePassword: procedure.input(NewPassword).mutation(({ ctx, input }) => changePassword(ctx.actor, input)),
  /** what one signs in with */
  signIn: procedure.query(({ ctx }) => findSignInFacts(ctx.actor)),
  requestEmail: procedure
    .input(z.object({ email: Email, password: Password }))
    .mutation(({ ctx, input }) => requestEmail(ctx.actor, input)),
  removeEmail: procedure
    .input(z.object({ password: Password }))
    .mutation(({ ctx, input }) => removeEmail(ctx.actor, input)),
  /** mails a link to one's own address, for who has no password */
  requestPassword: procedure.mutation(({ ctx }) => requestOwnPassword(ctx.actor)),
  deleteAccount: procedure
    .input(z.object({ kind: z.enum(['soft', 'hard']), password: Password }))
    .mutation(({ ctx, input }) => deleteAccount(ctx.actor, input)),
  sessions: procedure.query(({ ctx }) => listSessions(ctx.actor)),
  endSession: procedure
    .input(z.object({ sessionId: Id }))
    .mutation(({ ctx, input }) => endSession(ctx.actor, input.sessionId)),
  endOtherSessions: procedure.mutation(({ ctx }) => endOtherSessions(ctx.actor)),
} satisfies TRPCRouterRecord;
