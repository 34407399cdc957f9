import { refuse } from '#server/domain/kernel/refusal';
import type { Device } from '#server/domain/sessions/session';
import { now } from '#server/platform/clock';
import { countInWindow } from '#server/platform/fixed-window';
import { loginSettings } from '#server/platform/settings';

/**
 * Counts one step through a provider for an address, the way there and the way back alike. Refuses `rate_limited`
 * `too_many_attempts`. Documented without an exception for loopback (mikrochat.md §1.10).
 */
export function limitOAuth({ ip }: Device): void {
  const { maxAttempts, windowMs } = loginSettings().oauth.rateLimiting;
  const window = { name: 'oauth', most: maxAttempts, seconds: windowMs / 1000 };
  const { exceeded, resetsAt } = countInWindow(window, ip ?? 'unknown');
  if (!exceeded) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((resetsAt - now()) / 1_000_000));
  refuse('rate_limited', 'too_many_attempts', { retryAfterSeconds });
}
