import { switchboard } from '#server/dialects/all';
import { fault } from '#server/dialects/kit/faults';
import { withoutPage } from '#server/dialects/kit/page-answer';
import type { Verdict } from '#server/dialects/kit/switchboard';

/** Next's door to the dialects: what its two catch-all route files export. */
export function serve() {
  const handle = async (request: Request): Promise<Response> => {
    const verdict = switchboard.find(request.method, request.url, request.headers);
    if (request.method === 'OPTIONS') return options(request, verdict);
    if (!verdict) return fault(404, request.headers);
    return withoutPage(await switchboard.answer(verdict, request));
  };
  return {
    GET: handle,
    HEAD: handle,
    POST: handle,
    PUT: handle,
    PATCH: handle,
    DELETE: handle,
    OPTIONS: handle,
  };
}

async function options(request: Request, verdict: Verdict | undefined): Promise<Response> {
  const answer = verdict ? await switchboard.answer(verdict, request) : new Response(null, { status: 204 });
  const allowed = switchboard.preflight(request.url, request.headers);
  for (const name in allowed) answer.headers.set(name, allowed[name] as string);
  return answer;
}
