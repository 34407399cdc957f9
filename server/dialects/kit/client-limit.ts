import { clientAddress } from '#server/dialects/kit/connection';
import { Refusal } from '#server/domain/kernel/refusal';
import { now } from '#server/platform/clock';
import { countInWindow } from '#server/platform/fixed-window';
import { settings } from '#server/platform/settings';

const SECOND = 1_000_000;

/**
 * Counts a request against what its address may ask of one API in a minute, and says what is left in the headers
 * that many clients know. Nobody is counted while `rate_limit_enabled` or the API's own switch is off, nor where the
 * address isn't known: all the world would share one allowance.
 */
export function countRequest(
  name: string,
  request: Request,
  { enabled, requestsPerMinute }: { enabled: boolean; requestsPerMinute: number },
): { headers: Record<string, string>; refusal: Refusal | null } {
  const address = clientAddress(request);
  if (!enabled || !settings().rate_limit_enabled || !address) return { headers: {}, refusal: null };
  const limit = { name: `requests.${name}`, most: requestsPerMinute, seconds: 60 };
  const { remaining, resetsAt, exceeded } = countInWindow(limit, address);
  const retryAfterSeconds = Math.max(1, Math.ceil((resetsAt - now()) / SECOND));
  return {
    headers: {
      'x-ratelimit-limit': String(requestsPerMinute),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String(Math.ceil(resetsAt / SECOND)),
    },
    refusal: exceeded ? new Refusal('rate_limited', 'too_many_requests', { retryAfterSeconds }) : null,
  };
}
