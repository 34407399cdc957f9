import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { strictJson } from '#server/dialects/kit/body';
import type { Profile } from '#server/dialects/mikrochat/profile';
import { idOrNull, NOTHING } from '#server/dialects/mikrochat/refs';

const MAX_PAGE = 200;
const DEFAULT_PAGE = 50;

/** Most commands answer this, or this and a little more. */
export const success = z.literal(true);
export const doneAnswer = json(z.object({ success }), 'done');
export const DONE = { status: 200, body: { success: true } } as const;

/** `limit` and `before` (mikrochat.md §1.8): whatever is no limit counts as 50, more than 200 as 200. */
export const pageQuery = {
  limit: z
    .string()
    .optional()
    .transform((written) => limitOf(written, DEFAULT_PAGE, MAX_PAGE))
    .openapi({ type: 'integer', default: DEFAULT_PAGE, maximum: MAX_PAGE }),
  before: z
    .string()
    .optional()
    .transform((id) => (id === undefined ? undefined : (idOrNull(id) ?? NOTHING)))
    .openapi({ type: 'string', description: 'a message’s id: those just before it' }),
};

export function limitOf(written: string | undefined, fallback: number, most: number): number {
  const limit = /^\d{1,9}$/.test(written ?? '') ? Number(written) : 0;
  return limit < 1 ? fallback : Math.min(limit, most);
}

/** An attachment as `POST /files` answered it, or its name alone; the rest of it is ours to know. */
const Attachments = z
  .unknown()
  .transform((given) =>
    Array.isArray(given) ? given.map(nameOfAttachment).filter((name) => name !== null) : undefined,
  )
  .openapi({ type: 'array', items: { type: 'object' } });

function nameOfAttachment(given: unknown): string | null {
  if (typeof given === 'string') return given;
  const { filename } = (given ?? {}) as { filename?: unknown };
  return typeof filename === 'string' ? filename : null;
}

const Quoted = z
  .unknown()
  .transform((id) => (typeof id === 'string' ? (idOrNull(id) ?? undefined) : undefined))
  .openapi({ type: 'string' });

/** The body of a message, new or edited. */
export function messageBody({ plain }: Profile) {
  return strictJson({
    content: z.string().transform(plain).optional().openapi({ type: 'string' }),
    images: z.array(z.string()).max(100).optional(),
    attachments: Attachments.optional(),
    quotedMessageId: Quoted.optional(),
  });
}

/** Base64 of ten megabytes and a thumbnail of one, and what JSON writes around them. */
const IMAGE_BODY_BYTES = 16 * 1024 * 1024;

/** The body of an image upload (mikrochat.md §1.12). Never multipart. */
export const imageBody = strictJson(
  {
    filename: z.string().default(''),
    image: z.string().default('').openapi({ description: 'base64' }),
    thumbnail: z
      .unknown()
      .optional()
      .openapi({ type: 'string', description: 'base64; one that can’t be used is left out' }),
  },
  IMAGE_BODY_BYTES,
);
