import MarkdownIt, { type Token } from 'markdown-it';
import { spoiler } from '#app/_ui/markdown/spoiler.ts';

/** The Markdown of messages: what people type in a chat, and nothing that could be mistaken for it. */
const markdown = new MarkdownIt('default', { html: false, linkify: true, breaks: true, typographer: false })
  // "# 1 priority", "1. …" in a table, "&amp;" in a log: these are text far more often than markup.
  .disable([
    'heading',
    'lheading',
    'table',
    'hr',
    'reference',
    'image',
    'entity',
    'html_block',
    'html_inline',
  ])
  // Indented text is a pasted list or a sloppy paste; code has its fences.
  .disable('code')
  .use(spoiler);

markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false }).add('www.', {
  validate: (text, position) => /^[^\s<>"']*[^\s<>"'.,;:!?)\]}]/.exec(text.slice(position))?.[0].length ?? 0,
  normalize: (match) => {
    match.url = `https://${match.url}`;
  },
});

const CACHE_SIZE = 500;
const cache = new Map<string, readonly Token[]>();

/** The block tokens of a message. Parsing the same text again, as scrolling does, costs a look-up. */
export function parseMarkdown(text: string): readonly Token[] {
  const known = cache.get(text);
  if (known) return known;
  const tokens = markdown.parse(text.replaceAll('\r\n', '\n'), {});
  if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value as string);
  cache.set(text, tokens);
  return tokens;
}

/** The first web address among a message's links; null if there is none. */
export function firstLink(text: string): string | null {
  if (!text.includes('://') && !text.includes('www.')) return null;
  for (const block of parseMarkdown(text)) {
    for (const token of block.children ?? []) {
      const href = token.type === 'link_open' ? String(token.attrGet('href')) : '';
      if (/^https?:\/\//i.test(href)) return href;
    }
  }
  return null;
}
