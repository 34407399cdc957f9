import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { route } from '#server/dialects/kit/route';
import { linkPreview } from '#server/domain/previews/link-preview';
import type { Preview } from '#server/domain/previews/preview';

const PageJson = z.object({
  type: z.literal('og'),
  title: z.string(),
  description: z.string(),
  image: z.string(),
  domain: z.string(),
  url: z.string(),
});

const CodeJson = z.object({
  type: z.literal('code'),
  filename: z.string(),
  filepath: z.string(),
  language: z.string(),
  first_line_num: z.int(),
  highlight_start: z.int().nullable(),
  highlight_end: z.int().nullable(),
  code: z.string(),
  total_lines: z.int(),
  url: z.string(),
});

export const previewRoutes = [
  route('GET', '/link_preview', {
    id: 'link-preview',
    tag: 'Files',
    summary: 'What a link leads to',
    query: { url: z.string().trim().default('').openapi({ description: 'http or https' }) },
    answers: {
      200: json(z.union([PageJson, CodeJson, z.strictObject({})]), 'a page, source code, or nothing to show'),
    },
    async handle({ actor, query }) {
      const preview = query.url === '' ? null : await linkPreview(actor, query.url);
      return { status: 200, body: preview ? presentPreview(preview) : {} };
    },
  }),
];

function presentPreview(preview: Preview): z.input<typeof PageJson> | z.input<typeof CodeJson> {
  if (preview.type === 'og') return preview;
  const { type, filename, filepath, language, code, url } = preview;
  return {
    type,
    filename,
    filepath,
    language,
    first_line_num: preview.firstLine,
    highlight_start: preview.highlightStart,
    highlight_end: preview.highlightEnd,
    code,
    total_lines: preview.totalLines,
    url,
  };
}
