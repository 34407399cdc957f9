/** The one question asked of headers, so that Node's and the Fetch API's both answer it. */
export type Headerish = { get(name: string): string | null | undefined };

/** Whether an answer to this request should be JSON rather than a page. */
export function prefersJson(headers: Headerish): boolean {
  if (headers.get('x-requested-with')?.toLowerCase() === 'xmlhttprequest') return true;
  if (isJson(headers.get('content-type')) || isBearer(headers)) return true;
  const accept = headers.get('accept') ?? '';
  return qualityOf(accept, 'application/json') > qualityOf(accept, 'text/html');
}

/** Whether a request brings a token of the kind that programs sign in with. */
export function isBearer(headers: Headerish): boolean {
  return /^bearer /i.test(headers.get('authorization') ?? '');
}

/** Whether a content type is JSON, parameters aside. */
export function isJson(contentType: string | null | undefined): boolean {
  return /^\s*application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType ?? '');
}

/** The quality an Accept header gives a media type: the most specific range decides (RFC 9110 §12.5.1). */
function qualityOf(accept: string, mediaType: string): number {
  const ranges = accept
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';').map((part) => part.trim()));
  for (const wanted of [mediaType, `${mediaType.split('/')[0]}/*`, '*/*']) {
    const range = ranges.find(([name]) => name === wanted);
    if (!range) continue;
    const quality = Number(range.find((part) => part.startsWith('q='))?.slice(2) ?? 1);
    return Number.isNaN(quality) ? 0 : quality;
  }
  return 0;
}
