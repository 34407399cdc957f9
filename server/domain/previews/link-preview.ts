import { LRUCache } from 'lru-cache';
import type { Actor } from '#server/domain/kernel/actor';
import { callingOutFor, callOut } from '#server/domain/previews/call-out';
import { codeSourceOf } from '#server/domain/previews/code-source';
import { codeWindow } from '#server/domain/previews/code-window';
import { decodeText } from '#server/domain/previews/decode-text';
import type { CodePreview, PagePreview, Preview } from '#server/domain/previews/preview';
import { holdsHead, readHead } from '#server/domain/previews/read-head';
import type { Fetched } from '#server/platform/fetcher/guarded-fetch';
import { processSingleton } from '#server/platform/process-singleton';

const PAGE_BYTES = 64 * 1024;
const CODE_BYTES = 512 * 1024;
const MAX_URL_LENGTH = 4_096;
const MAX_TITLE = 200;
const MAX_DESCRIPTION = 400;

/** By URL; pages that say nothing are remembered too. Whoever asks for a URL that is on its way waits for it. */
const previews = processSingleton(
  'previews.cache',
  () =>
    new LRUCache<string, { preview: Preview | null }>({
      max: 200,
      ttl: 60 * 60 * 1000,
      fetchMethod: async (url) => ({ preview: await look(url) }),
    }),
);

/**
 * What a link leads to: what a page says about itself, or the lines of a source file. Null whenever there is nothing to
 * show, whatever the reason; never rejects.
 */
export async function linkPreview(actor: Actor, link: string): Promise<Preview | null> {
  const url = link.trim();
  if (url === '' || url.length > MAX_URL_LENGTH || !URL.canParse(url)) return null;
  const known = previews.get(url);
  if (known) return known.preview;
  try {
    const found = await callingOutFor(actor, () => previews.fetch(url));
    return found?.preview ?? null;
  } catch {
    // Refused addresses among them: those are judged anew each time, because names move.
    return null;
  }
}

async function look(url: string): Promise<Preview | null> {
  const target = new URL(url);
  return (await lookAtCode(target, url)) ?? (await lookAtPage(target, url));
}

async function lookAtCode(target: URL, url: string): Promise<CodePreview | null> {
  const source = codeSourceOf(target);
  const fetched =
    source && (await callOut(source.raw, { limitBytes: CODE_BYTES, accept: 'text/plain, */*' }));
  if (!fetched || (source.mayBePage && isHtml(fetched))) return null;
  return codeWindow(source, decodeText(fetched.bytes, fetched.contentType), url);
}

async function lookAtPage(target: URL, url: string): Promise<PagePreview | null> {
  const fetched = await callOut(target, {
    limitBytes: PAGE_BYTES,
    accept: 'text/html, application/xhtml+xml, */*;q=0.5',
    enough: holdsHead,
  });
  if (!fetched) return null;
  const { title, description, image } = await readHead(decodeText(fetched.bytes, fetched.contentType));
  if (title === '') return null;
  return {
    type: 'og',
    title: cut(title, MAX_TITLE),
    description: cut(description, MAX_DESCRIPTION),
    image: absolute(image, fetched.url),
    domain: target.host,
    url,
  };
}

function isHtml({ contentType }: Fetched): boolean {
  return /^(text\/html|application\/xhtml\+xml)\b/i.test(contentType);
}

/** In code points, so that no character is cut in two. */
function cut(text: string, length: number): string {
  return [...text].slice(0, length).join('');
}

/** An image's own URL, resolved against the page if it is relative; `''` for what no browser may load. */
function absolute(image: string, base: string): string {
  if (image === '' || !URL.canParse(image, base)) return '';
  const url = new URL(image, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return '';
  return URL.canParse(image) ? image : url.href;
}
