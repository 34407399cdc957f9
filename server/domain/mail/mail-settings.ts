import { env } from '#server/platform/env';
import { loginSettings } from '#server/platform/settings';

/** Whether there is a server that mail goes out through; without one it stays in the outbox. */
export function isMailConfigured(): boolean {
  return env().SMTP_URL !== undefined || loginSettings().email.host !== '';
}
