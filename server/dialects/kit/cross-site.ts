import { isCrossSite } from '#server/auth/cross-site';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a browser sent this write on behalf of another site: faces that sign in by cookie refuse it. */
export function isCrossSiteWrite(request: Request): boolean {
  return !READS.has(request.method) && isCrossSite(request);
}
