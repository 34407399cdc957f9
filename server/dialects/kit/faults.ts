import { type Headerish, prefersJson } from '#server/dialects/kit/headers';

const WORDS: Record<number, string> = {
  400: 'bad request',
  404: 'not found',
  405: 'method not allowed',
  413: 'request too large',
  431: 'request header fields too large',
  500: 'internal server error',
  503: 'service unavailable',
};

/**
 * What says no before any route does (unknown path, wrong method, a bug): fixed words that leak nothing, as JSON
 * or as a small page, by who asks.
 */
export function fault(status: number, asking: Headerish, headers: Record<string, string> = {}): Response {
  const words = WORDS[status] ?? 'error';
  if (prefersJson(asking)) return Response.json({ error: words }, { status, headers });
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${status} ${words}</title><h1>${status}</h1><p>${words}</p></html>`;
  return new Response(page, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  });
}
