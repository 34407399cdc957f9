import { couldBeUsername, usernameProblem } from '#server/domain/accounts/username';

const LONGEST = 32;
const LONGEST_DISPLAY_NAME = 64;

/** The names that an account made for an address gets. `username` still has to be free. */
export type MadeNames = { username: string; displayName: string | null };

/**
 * Names after the part before the `@`, or after a name that somebody else vouches for. What a username can't hold is
 * kept as display name: `ann.b@x` is `ann-b`, shown as "ann.b".
 */
export function namesFromEmail(email: string, name?: string | null): MadeNames {
  const local = email.slice(0, email.lastIndexOf('@'));
  const shown = name ? displayable(name) || local : local;
  const username = usernameOf(shown) ?? usernameOf(local) ?? 'user';
  return { username, displayName: shown === username ? null : shown.slice(0, LONGEST_DISPLAY_NAME) };
}

/** `ann-b`, `ann-b-2`, `ann-b-3`, …: the first that is neither reserved nor among the taken (in lower case). */
export function firstFreeUsername(base: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `-${number}`;
    const candidate = base.slice(0, LONGEST - suffix.length) + suffix;
    if (usernameProblem(candidate) === null && !taken.has(candidate.toLowerCase())) return candidate;
  }
}

/** What all candidates of `firstFreeUsername` begin with, whatever number they end in. */
export function commonStart(base: string): string {
  return base.slice(0, LONGEST - 12);
}

function usernameOf(text: string): string | null {
  const fitted = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST);
  return couldBeUsername(fitted) ? fitted : null;
}

/** Without what every face refuses in names (mikrochat.md §1.14). */
function displayable(name: string): string {
  return name
    .replace(/[<>\p{C}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
