import { switchboard } from '#server/dialects/all';
import { fault } from '#server/dialects/kit/faults';
import { withoutPage } from '#server/dialects/kit/page-answer';

/** Next's door to the dialects: what its two catch-all route files export. */
export function serve() {
  const handle = async (request: Request): Promise<Response> => {
    const verdict = switchboard.find(request.method, request.url, request.headers);
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
