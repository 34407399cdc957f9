import { z } from 'zod';

const LONGEST = 254;
const Email = z.email();

/** An address as it is stored and compared: trimmed, in lower case. Null if it is none. */
export function normalEmail(text: string): string | null {
  const email = text.trim().toLowerCase();
  return email.length <= LONGEST && Email.safeParse(email).success ? email : null;
}
