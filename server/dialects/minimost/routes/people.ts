import { z } from '@hono/zod-openapi';
import { empty, json } from '#server/dialects/kit/answers';
import { lenientJson } from '#server/dialects/kit/body';
import { route } from '#server/dialects/kit/route';
import { othersIn } from '#server/dialects/minimost/refs';
import { findProfile } from '#server/domain/accounts/find-profile';
import { listAccounts } from '#server/domain/accounts/list-accounts';
import { isRefusal } from '#server/domain/kernel/refusal';
import { listPresence } from '#server/domain/presence/list-presence';
import { presenceOverride, setPresenceOverride } from '#server/domain/presence/presence-override';
import { reportPresence } from '#server/domain/presence/report-presence';

const tag = 'People';
const State = z.enum(['active', 'idle', 'hidden', 'offline']);
const Override = z.enum(['active', 'idle', 'offline']);

export const peopleRoutes = [
  route('GET', '/users', {
    id: 'users-list',
    tag,
    summary: 'Everybody but me',
    answers: { 200: json(z.array(z.string()), 'usernames, ascending by code unit') },
    async handle({ actor }) {
      const accounts = await listAccounts();
      return {
        status: 200,
        body: othersIn(
          actor,
          accounts.map((account) => account.username),
        ),
      };
    },
  }),

  route('GET', '/user_colors', {
    id: 'user-colors',
    tag,
    summary: 'The colours that people chose for their names',
    answers: { 200: json(z.record(z.string(), z.string()), 'username to `#rrggbb`') },
    async handle() {
      const accounts = await listAccounts();
      return {
        status: 200,
        body: Object.fromEntries(
          accounts.flatMap(({ username, nameColor }) => (nameColor ? [[username, nameColor]] : [])),
        ),
      };
    },
  }),

  route('GET', '/user_avatars', {
    id: 'user-avatars',
    tag,
    summary: 'Who has a picture',
    answers: { 200: json(z.array(z.string()), 'usernames') },
    async handle() {
      const accounts = await listAccounts();
      return {
        status: 200,
        body: accounts.filter((account) => account.avatarFile).map((account) => account.username),
      };
    },
  }),

  route('GET', '/profile/{username}', {
    id: 'profile-get',
    tag,
    summary: 'What somebody says about themselves',
    params: { username: z.string() },
    answers: {
      200: json(
        z.object({ username: z.string(), name_color: z.string().nullable(), bio: z.string().nullable() }),
        'the profile; nulls for somebody unknown',
      ),
    },
    async handle({ actor, params }) {
      const account = await orNull(() => findProfile(actor, params.username));
      return {
        status: 200,
        body: {
          username: account?.username ?? params.username,
          name_color: account?.nameColor ?? null,
          bio: account?.bio ?? null,
        },
      };
    },
  }),

  route('GET', '/online_users', {
    id: 'online-users',
    tag,
    summary: 'How everybody heard of within the last hour is doing',
    answers: { 200: json(z.record(z.string(), State), 'username to state') },
    async handle() {
      const presences = await listPresence();
      return {
        status: 200,
        body: Object.fromEntries(presences.map(({ person, state }) => [person.name, state])),
      };
    },
  }),

  route('POST', '/presence', {
    id: 'presence-update',
    tag,
    summary: 'Say how I am doing',
    body: lenientJson({
      state: State.optional()
        .catch(undefined)
        .openapi({ type: 'string', enum: State.options, description: 'anything else changes nothing' }),
    }),
    answers: { 204: empty('noted, or ignored') },
    async handle({ actor, body }) {
      if (body.state) await reportPresence(actor, { state: body.state });
      return { status: 204 };
    },
  }),

  route('GET', '/presence/override', {
    id: 'presence-override-get',
    tag,
    summary: 'The status I chose by hand',
    answers: { 200: json(z.object({ override: Override.nullable() }), 'null when there is none') },
    async handle({ actor }) {
      return { status: 200, body: { override: await presenceOverride(actor) } };
    },
  }),

  route('POST', '/presence/override', {
    id: 'presence-override-set',
    tag,
    summary: 'Choose a status by hand, until logout',
    body: lenientJson({ override: Override.nullable() }),
    answers: { 200: json(z.object({ override: Override.nullable() }), 'as it is now') },
    refuses: { invalid: 'no such status' },
    async handle({ actor, body }) {
      await setPresenceOverride(actor, body.override);
      return { status: 200, body: { override: body.override } };
    },
  }),
];

async function orNull<T>(find: () => Promise<T>): Promise<T | null> {
  try {
    return await find();
  } catch (error) {
    if (isRefusal(error) && error.kind === 'not_found') return null;
    throw error;
  }
}
