import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { strictJson } from '#server/dialects/kit/body';
import { route } from '#server/dialects/kit/route';
import { DONE, doneAnswer, success } from '#server/dialects/mikrochat/fields';
import { IdParam, idOrNull, NOTHING } from '#server/dialects/mikrochat/refs';
import { presentUser, UserJson } from '#server/dialects/mikrochat/users';
import { addAccountAsAdmin } from '#server/domain/accounts/add-account-as-admin';
import { requireAdministrator } from '#server/domain/accounts/administration';
import { exitServer } from '#server/domain/accounts/exit-server';
import { findDirectoryEntry, listDirectory } from '#server/domain/accounts/list-directory';
import { removeAccount } from '#server/domain/accounts/remove-account';
import { resetPasswordAsAdmin } from '#server/domain/accounts/reset-password-as-admin';
import { setDisplayName } from '#server/domain/accounts/set-display-name';
import { setRole } from '#server/domain/accounts/set-role';
import { refuse } from '#server/domain/kernel/refusal';

const tag = 'Users';
const params = { id: IdParam };
const it = json(z.object({ user: UserJson }), 'the user');
const Role = z.enum(['user', 'admin']);
const ROLES = { user: 'member', admin: 'admin' } as const;

export const userRoutes = () => [
  route('GET', '/users', {
    id: 'E17-users-list',
    tag,
    summary: 'Everybody',
    answers: { 200: json(z.object({ users: z.array(UserJson) }), 'the users, oldest account first') },
    async handle({ actor }) {
      return { status: 200, body: { users: (await listDirectory(actor)).map(presentUser) } };
    },
  }),

  route('POST', '/users/add', {
    id: 'E18-users-add',
    tag,
    summary: 'Make an account for somebody',
    description: 'Without a password they are sent a link to choose one, where mail is configured.',
    body: strictJson({
      email: z.string(),
      role: Role.default('user'),
      // the client sends what stands in its form
      password: z.string().nullish(),
    }),
    answers: { 200: json(z.object({ success, userId: z.string() }), 'the new account') },
    refuses: {
      forbidden: 'administrators only',
      invalid: 'no address, a bad role, or a short password',
      conflict: 'there is an account with that address',
    },
    admit: ({ actor }) => requireAdministrator(actor),
    async handle({ actor, body }) {
      const { accountId } = await addAccountAsAdmin(actor, {
        email: body.email,
        role: ROLES[body.role],
        password: body.password || undefined,
      });
      return { status: 200, body: { success: true as const, userId: String(accountId) } };
    },
  }),

  route('POST', '/users/{id}/reset-password', {
    id: 'E19-users-reset-password',
    tag,
    summary: 'Give somebody a new password',
    // every user that isn't there is a bad request here, whatever was written (mikrochat.md §1.6)
    params: { id: z.string() },
    body: strictJson({ password: z.string() }),
    answers: { 200: doneAnswer },
    refuses: {
      forbidden: 'administrators only',
      invalid: 'too short',
      not_found: { status: 400, when: 'no such user' },
    },
    admit: ({ actor }) => requireAdministrator(actor),
    async handle({ actor, params, body }) {
      await resetPasswordAsAdmin(actor, {
        accountId: idOrNull(params.id) ?? NOTHING,
        password: body.password,
      });
      return DONE;
    },
  }),

  route('DELETE', '/users/{id}', {
    id: 'E20-users-remove',
    tag,
    summary: 'Remove somebody from the server',
    description: 'What they wrote stays, under the name `Unknown User`.',
    params,
    answers: { 200: doneAnswer },
    refuses: {
      forbidden: 'administrators only',
      invalid: 'myself',
      conflict: 'the last administrator',
      not_found: 'no such user',
    },
    async handle({ actor, params }) {
      await removeAccount(actor, params.id);
      return DONE;
    },
  }),

  route('POST', '/users/exit', {
    id: 'E21-users-exit',
    tag,
    summary: 'Leave the server for good',
    answers: { 200: json(z.object({ success, message: z.string() }), 'done') },
    refuses: { conflict: 'I am the only administrator' },
    async handle({ actor }) {
      await exitServer(actor);
      return { status: 200, body: { success: true as const, message: 'You have exited the server' } };
    },
  }),

  route('PUT', '/users/me', {
    id: 'E22-users-me-update',
    tag,
    summary: 'Go by another name',
    body: strictJson({ userName: z.string() }),
    answers: { 200: it },
    refuses: { invalid: 'no name, or a long one', conflict: 'somebody else goes by it' },
    async handle({ actor, body }) {
      await setDisplayName(actor, body.userName);
      return { status: 200, body: { user: presentUser(await findDirectoryEntry(actor, actor.accountId)) } };
    },
  }),

  route('PUT', '/users/{id}/role', {
    id: 'X3-users-role',
    tag,
    summary: 'Make somebody an administrator, or no longer',
    params,
    body: strictJson({ role: Role.optional(), isAdmin: z.boolean().optional() }),
    answers: { 200: it },
    refuses: {
      forbidden: 'administrators only; the owner’s role is the owner’s',
      invalid: 'no such role',
      conflict: 'the last administrator',
      not_found: 'no such user',
    },
    admit: ({ actor }) => requireAdministrator(actor),
    async handle({ actor, params, body }) {
      await setRole(actor, { accountId: params.id, role: roleIn(body) });
      return { status: 200, body: { user: presentUser(await findDirectoryEntry(actor, params.id)) } };
    },
  }),
];

function roleIn({ role, isAdmin }: { role?: 'user' | 'admin' | undefined; isAdmin?: boolean | undefined }) {
  if (role === undefined && isAdmin === undefined) return refuse('invalid', 'bad_field', { field: 'role' });
  return ROLES[role ?? (isAdmin ? 'admin' : 'user')];
}
