// Only under plain `next start` or `next dev`: where main.ts is not in front, a page at /login or /signup would
// swallow the POST that an API documents at the same path.
import { type NextRequest, NextResponse } from 'next/server';
import { switchboard } from '#server/dialects/all';
import { withoutPage } from '#server/dialects/kit/page-answer';

export async function proxy(request: NextRequest): Promise<Response> {
  if (request.method === 'GET' || request.method === 'HEAD') return NextResponse.next();
  const verdict = switchboard.find(request.method, request.url, request.headers);
  if (!verdict) return NextResponse.next();
  const answer = withoutPage(await switchboard.answer(verdict, request));
  const location = answer.headers.get('location');
  // Next refuses a relative one here, and makes it relative again on its way out
  if (location) answer.headers.set('location', new URL(location, request.url).href);
  return answer;
}

// Next reads this without running it, so it must be spelled out.
export const config = {
  matcher: [
    { source: '/login', missing: [{ type: 'header', key: 'x-door' }] },
    { source: '/signup', missing: [{ type: 'header', key: 'x-door' }] },
  ],
};
