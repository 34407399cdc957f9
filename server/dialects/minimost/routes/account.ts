import { z } from '@hono/zod-openapi';
import { clearedSessionCookie } from '#server/auth/session-cookie';
import { json } from '#server/dialects/kit/answers';
import { form, lenientJson } from '#server/dialects/kit/body';
import { isOverTls } from '#server/dialects/kit/connection';
import { route } from '#server/dialects/kit/route';
import { changePassword } from '#server/domain/accounts/change-password';
import { deleteAccount } from '#server/domain/accounts/delete-account';
import { isRefusal, refuse } from '#server/domain/kernel/refusal';

const tag = 'Settings';
const field = z.string().default('');

export const accountRoutes = [
  route('POST', '/change-password', {
    id: 'change-password',
    tag,
    summary: 'Change my password',
    body: form({ current_password: field, new_password: field, confirm_password: field }),
    answers: {
      200: json(z.object({ ok: z.literal(true) }), 'changed'),
      400: json(z.object({ error: z.string() }), 'a wrong password, or a new one that breaks a rule'),
    },
    async handle({ actor, body }) {
      try {
        await changePassword(actor, {
          currentPassword: body.current_password,
          password: body.new_password,
          confirmation: body.confirm_password,
        });
        return { status: 200, body: { ok: true as const } };
      } catch (error) {
        // this call answers in JSON, and with one status for every reason
        if (!isRefusal(error) || error.kind === 'rate_limited') throw error;
        return { status: 400, body: { error: error.reason.replaceAll('_', ' ') } };
      }
    },
  }),

  route('POST', '/delete_account', {
    id: 'delete-account',
    tag,
    summary: 'Delete my account',
    body: lenientJson({
      type: z.enum(['soft', 'hard']).openapi({ description: 'hard: what I wrote goes as well' }),
      password: z.string().catch('').openapi({ type: 'string' }),
    }),
    answers: { 200: json(z.object({ status: z.literal('ok') }), 'gone') },
    refuses: { invalid: 'no such type', forbidden: 'a wrong password' },
    async handle({ actor, body, request }) {
      await withForbidden(() => deleteAccount(actor, { kind: body.type, password: body.password }));
      const cookie = clearedSessionCookie({ secure: isOverTls(request) });
      return { status: 200, body: { status: 'ok' as const }, headers: { 'set-cookie': cookie } };
    },
  }),
];

/** A wrong password is no lost session: without this a client would be sent to sign in. */
async function withForbidden(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isRefusal(error) && error.kind === 'unauthenticated') refuse('forbidden', error.reason);
    throw error;
  }
}
