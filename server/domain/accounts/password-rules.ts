// Shared with the browser: imports nothing.

const MIN_LENGTH = 8;
const MAX_LENGTH = 1024;
const SPECIAL = /[!@#$%^&*()_+\-=[\]{};':"\\|,.<>/?`~]/;

export type PasswordProblem =
  | 'password_too_short'
  | 'password_too_long'
  | 'password_no_digit'
  | 'password_no_upper_case'
  | 'password_no_special';

/** `id` is the reason a refusal gives when the rule is broken, `label` what a page asks of a new password. */
export type PasswordRule = { id: PasswordProblem; label: string; test: (password: string) => boolean };

/** What a new password has to be, in the order it is checked. A lower-case letter is not asked for. */
export const passwordRules: readonly PasswordRule[] = [
  {
    id: 'password_too_short',
    label: `At least ${MIN_LENGTH} characters`,
    test: (password) => lengthOf(password) >= MIN_LENGTH,
  },
  {
    id: 'password_too_long',
    label: `At most ${MAX_LENGTH} characters`,
    test: (password) => !isTooLongToBeAPassword(password),
  },
  { id: 'password_no_digit', label: 'A digit', test: (password) => /[0-9]/.test(password) },
  {
    id: 'password_no_upper_case',
    label: 'An upper-case letter (A to Z)',
    test: (password) => /[A-Z]/.test(password),
  },
  { id: 'password_no_special', label: 'A special character', test: (password) => SPECIAL.test(password) },
];

/** The first rule that a new password breaks; null if it is fine. */
export function passwordProblem(password: string): PasswordProblem | null {
  return passwordRules.find((rule) => !rule.test(password))?.id ?? null;
}

/** Of these, the ones about length: all that faces ask for whose documentation names no other (mikrochat.md §1.3). */
export function passwordLengthProblem(password: string): PasswordProblem | null {
  return passwordRules.slice(0, 2).find((rule) => !rule.test(password))?.id ?? null;
}

/** Longer than any password can be: such input is never hashed. */
export function isTooLongToBeAPassword(password: string): boolean {
  return lengthOf(password) > MAX_LENGTH;
}

/** In code points, without walking through megabytes of them. */
function lengthOf(password: string): number {
  return password.length > 2 * MAX_LENGTH ? password.length : [...password].length;
}
