// Shared with the browser: imports nothing.

/** Names that Parley itself writes under, or that mean something in a text. Compared in lower case. */
const RESERVED: readonly string[] = ['minimost', 'everyone', 'deleteduser', 'system'];

const PATTERN = /^[A-Za-z0-9_-]{1,32}$/;

export type UsernameProblem = 'blank' | 'username_reserved' | 'username_pattern';

/** The first rule that a name for a new account breaks; null if it is fine. Expects it trimmed. */
export function usernameProblem(username: string): UsernameProblem | null {
  if (username === '') return 'blank';
  if (RESERVED.includes(username.toLowerCase())) return 'username_reserved';
  return couldBeUsername(username) ? null : 'username_pattern';
}

/** Whether any account can have this name: what fails here need not be looked up. */
export function couldBeUsername(name: string): boolean {
  return PATTERN.test(name);
}
