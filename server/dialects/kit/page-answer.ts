/**
 * How a dialect says "the answer is one of our pages": its response names the page and what the form has to
 * say, beside a plain page of its own. main.ts renders the named page instead and passes the two facts on as
 * request headers, which it deletes from every request that comes from outside; the other door
 * (Next's catch-all routes) cannot, so there the plain page goes out. Either way without JavaScript.
 */
const PAGE = 'x-parley-page';
export const FORM_ERROR = 'x-parley-form-error';
export const FORM_USERNAME = 'x-parley-form-username';

/** Request headers that only main.ts may set. */
export const TRUSTED_HEADERS = [FORM_ERROR, FORM_USERNAME] as const;

export type FormFailure = {
  /** a reason code, with a number where one belongs: `bad_credentials`, `account_locked:15` */
  error: string;
  /** as typed */
  username: string;
};

/** A 200 that main.ts answers with the page at `path`; `fallback` is the plain page. */
export function pageAnswer(path: string, fallback: string, failure?: FormFailure): Response {
  return new Response(fallback, {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      [PAGE]: path,
      ...(failure
        ? { [FORM_ERROR]: failure.error, [FORM_USERNAME]: encodeURIComponent(failure.username) }
        : {}),
    },
  });
}

/** The page a response asks for and the request headers it wants there; null for every other response. */
export function pageOf(response: Response): { path: string; headers: Record<string, string> } | null {
  const path = response.headers.get(PAGE);
  if (path === null) return null;
  const headers = Object.fromEntries(
    TRUSTED_HEADERS.map((name) => [name, response.headers.get(name)] as const).filter(
      (entry): entry is [(typeof TRUSTED_HEADERS)[number], string] => entry[1] !== null,
    ),
  );
  return { path, headers };
}

/** The plain page alone, for a door that renders nothing. */
export function withoutPage(response: Response): Response {
  if (!response.headers.has(PAGE)) return response;
  const headers = new Headers(response.headers);
  for (const name of [PAGE, ...TRUSTED_HEADERS]) headers.delete(name);
  return new Response(response.body, { status: response.status, headers });
}
