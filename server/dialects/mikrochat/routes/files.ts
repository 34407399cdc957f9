import { z } from '@hono/zod-openapi';
import { json, stream } from '#server/dialects/kit/answers';
import { strictJson } from '#server/dialects/kit/body';
import { fileResponse } from '#server/dialects/kit/file-response';
import { route } from '#server/dialects/kit/route';
import { AttachmentJson, presentAttachment } from '#server/dialects/mikrochat/present';
import { bytesOf, plainFileName } from '#server/dialects/mikrochat/uploads';
import { openAttachment } from '#server/domain/files/open-image';
import { storeAttachment } from '#server/domain/files/store-attachment';

const tag = 'Files';
/** Base64 of 25 megabytes, and what JSON writes around it. */
const BODY_BYTES = 36 * 1024 * 1024;

export const fileRoutes = () => [
  route('POST', '/files', {
    id: 'X10-files-upload',
    tag,
    summary: 'Upload a document for a message',
    description: 'At most 25 MB. It belongs to no message until one names it among its `attachments`.',
    body: strictJson(
      {
        filename: z.string().default(''),
        file: z.string().default('').openapi({ description: 'base64' }),
        contentType: z
          .unknown()
          .optional()
          .optional()
          .openapi({ type: 'string', description: 'not used: the name decides' }),
      },
      BODY_BYTES,
    ),
    answers: {
      200: json(z.object({ success: z.literal(true), attachment: AttachmentJson }), 'what to send along'),
    },
    refuses: { invalid: 'no document of a known kind, none at all, or a larger one' },
    async handle({ actor, body }) {
      const file = await storeAttachment(actor, { filename: body.filename, bytes: bytesOf(body.file) });
      return { status: 200, body: { success: true as const, attachment: presentAttachment(file) } };
    },
  }),

  route('GET', '/files/{filename}', {
    id: 'X11-files-get',
    tag,
    summary: 'An attachment',
    params: { filename: z.string() },
    answers: { 200: stream('application/octet-stream', 'the bytes, to be kept') },
    refuses: {
      not_found: 'no such file in a message that I can read',
      invalid: 'that is no name of a file',
    },
    async handle({ actor, params, request }) {
      const file = await openAttachment(actor, plainFileName(params.filename));
      return {
        status: 200,
        response: await fileResponse(file, request, 'private, max-age=31536000, immutable'),
      };
    },
  }),
];
