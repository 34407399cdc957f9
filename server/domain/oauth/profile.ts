import { normalEmail } from '#server/domain/accounts/email';

/** Whom a provider says somebody is. `email` only if it says that it has verified it. */
export type Profile = { email: string | null; name: string | null };

/** Asks a provider on somebody's behalf. Rejects unless it answers with a JSON object or list. */
export type ReadJson = (url: string) => Promise<Record<string, unknown>>;

export function profileOf(email: unknown, isVerified: unknown, name: unknown): Profile {
  // some say it as text
  const counts = isVerified === true || isVerified === 'true';
  return {
    email: counts && typeof email === 'string' ? normalEmail(email) : null,
    name: typeof name === 'string' ? name : null,
  };
}
