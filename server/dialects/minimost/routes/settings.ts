import { z } from '@hono/zod-openapi';
import { empty, json } from '#server/dialects/kit/answers';
import { formOrLenientJson } from '#server/dialects/kit/body';
import { route } from '#server/dialects/kit/route';
import { findProfile } from '#server/domain/accounts/find-profile';
import { updateProfile } from '#server/domain/accounts/update-profile';

const tag = 'Settings';

/** Absent: unchanged; null or empty: cleared; no text at all: as wrong as a colour that is none. */
const colour = z.string().trim().nullish().catch('no colour');
const bio = z.string().trim().nullish();

export const settingsRoutes = [
  route('GET', '/settings', {
    id: 'settings-get',
    tag,
    summary: 'My settings',
    answers: {
      200: json(
        z.object({
          name_color: z.string().nullable(),
          avatar_file: z.string().nullable(),
          bio: z.string().nullable(),
        }),
        'null where nothing is set',
      ),
    },
    async handle({ actor }) {
      const { nameColor, avatarFile, bio } = await findProfile(actor, actor.username);
      return { status: 200, body: { name_color: nameColor, avatar_file: avatarFile, bio } };
    },
  }),

  route('POST', '/settings', {
    id: 'settings-update',
    tag,
    summary: 'Change my settings',
    body: formOrLenientJson({
      name_color: colour.openapi({ type: ['string', 'null'], example: '#e06c75' }),
      bio: bio.openapi({ description: 'at most 160 characters' }),
    }),
    answers: { 204: empty('changed') },
    refuses: { invalid: '`invalid color`, or a bio that is too long' },
    async handle({ actor, body }) {
      await updateProfile(actor, { nameColor: body.name_color, bio: body.bio });
      return { status: 204 };
    },
  }),
];
