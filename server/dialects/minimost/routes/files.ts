import { z } from '@hono/zod-openapi';
import { empty, stream } from '#server/dialects/kit/answers';
import { formWithFiles } from '#server/dialects/kit/body';
import { fileResponse } from '#server/dialects/kit/file-response';
import { route } from '#server/dialects/kit/route';
import { bodyLimitFor, receiving } from '#server/dialects/minimost/uploads';
import { openAvatar } from '#server/domain/avatars/open-avatar';
import { removeAvatar, storeAvatar } from '#server/domain/avatars/store-avatar';
import { avatarLimitBytes } from '#server/domain/files/file';
import { openFile } from '#server/domain/files/open-file';
import { isRefusal, refuseUnless } from '#server/domain/kernel/refusal';

const tag = 'Files';
const A_DAY = 'private, max-age=86400';

export const fileRoutes = [
  route('GET', '/files/{filename}', {
    id: 'file-get',
    tag,
    summary: 'An attachment',
    params: { filename: z.string() },
    // ours, for the web app: any other value is ignored, as unknown parameters are
    query: {
      size: z.string().optional().openapi({ description: '`thumb`: a small JPEG, if it is a picture' }),
    },
    answers: { 200: stream('image/*', 'the bytes') },
    refuses: { not_found: 'no such file in a message that I can read' },
    async handle({ actor, params, query, request }) {
      const file = await openFile(actor, params.filename, {
        size: query.size === 'thumb' ? 'thumb' : undefined,
      });
      return { status: 200, response: await fileResponse(file, request, A_DAY) };
    },
  }),

  route('GET', '/avatar/{username}', {
    id: 'avatar-get',
    tag,
    summary: 'Somebody’s picture',
    params: { username: z.string() },
    answers: { 200: stream('image/jpeg', 'the bytes'), 404: empty('nobody of that name, or no picture') },
    async handle({ params, request }) {
      try {
        const file = await openAvatar(params.username);
        return { status: 200, response: await fileResponse(file, request, 'private, no-cache') };
      } catch (error) {
        // the one 404 with an empty body (minimost.md §1.5)
        if (isRefusal(error) && error.kind === 'not_found') return { status: 404 };
        throw error;
      }
    },
  }),

  route('POST', '/avatar', {
    id: 'avatar-upload',
    tag,
    summary: 'Make an image my picture',
    body: formWithFiles({}, ['avatar'], () => bodyLimitFor(avatarLimitBytes())),
    answers: { 204: empty('it is my picture') },
    refuses: { invalid: '`no file` or `invalid file type`', too_large: 'over the limit' },
    async handle({ actor, body }) {
      let taken = false;
      await receiving(avatarLimitBytes(), 'no_file', () =>
        body.receive({
          take: (file) => {
            if (taken) return null;
            taken = true;
            return storeAvatar(actor, file);
          },
        }),
      );
      refuseUnless(taken, 'invalid', 'no_file');
      return { status: 204 };
    },
  }),

  route('DELETE', '/avatar', {
    id: 'avatar-delete',
    tag,
    summary: 'Take my picture away',
    answers: { 204: empty('there is none now') },
    async handle({ actor }) {
      await removeAvatar(actor);
      return { status: 204 };
    },
  }),
];
