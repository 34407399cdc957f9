import { isRefusal } from '#server/domain/kernel/refusal';
import type { Device } from '#server/domain/sessions/session';
import { log } from '#server/platform/log';

/** How somebody tried to get in. */
export type WayIn = 'password' | 'link' | 'password_link' | 'provider';

/**
 * Leaves a line in the log for every attempt to get in that proves nothing: which way, from where, why. Never what was
 * entered: people type passwords into the wrong field. A limit leaves none, or a flood would fill the disk.
 */
export async function notingRefusals<T>(
  way: WayIn,
  { face, ip }: Partial<Device>,
  attempt: () => Promise<T>,
): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (isRefusal(error) && provesNothing(error)) {
      log.info({ way, face, ip, reason: error.reason }, 'a sign-in was refused');
    }
    throw error;
  }
}

function provesNothing({ kind, reason }: { kind: string; reason: string }): boolean {
  return kind === 'unauthenticated' || kind === 'forbidden' || reason === 'token';
}
