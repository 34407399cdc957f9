import { headers } from 'next/headers';

export type FormFailure = {
  /** what went wrong, for people; null when the page is only being looked at */
  problem: string | null;
  /** as it was typed; a password is never kept */
  username: string;
};

const words: Record<string, string> = {
  bad_credentials: 'That username and password do not match.',
  cross_site: 'That came from another site. Try again here.',
  blank: 'Enter a username and a password.',
  username_reserved: 'That username is reserved. Choose another one.',
  username_pattern: 'A username has 1 to 32 letters, digits, "_" or "-".',
  username_taken: 'That username is taken. Choose another one.',
  password_too_short: 'The password needs at least 8 characters.',
  password_too_long: 'The password may have at most 1024 characters.',
  password_no_digit: 'The password needs a digit.',
  password_no_upper_case: 'The password needs an upper-case letter.',
  password_no_special: 'The password needs a special character.',
  confirmation_differs: 'The two passwords are not the same.',
  rate_limited: 'Too many attempts. Wait a minute and try again.',
  invite_required: 'New people need an invitation here. Ask an administrator.',
  not_invited: 'New people need an invitation here. Ask an administrator.',
  email: 'That is not an email address.',
  email_taken: 'Another account has that address already.',
  token: 'That link does not work any more. Ask for another one.',
  account: 'That account is not there any more.',
  sign_in_way: 'That way of signing in is not open any more.',
  provider: 'That way of signing in is not open any more.',
  oauth_state: 'That took too long, or it was begun elsewhere. Try again.',
  oauth_provider: 'They did not let you in. Try again, or choose another way.',
  oauth_exchange: 'They could not be asked who you are. Try again later.',
  oauth_no_email: 'They have no verified email address of yours.',
};

/** The sentence for a reason code such as `bad_credentials` or `account_locked:15` (minutes). */
export function failureWords(reason: string): string {
  const [code = '', number] = reason.split(':');
  if (code === 'account_locked') {
    const minutes = Number(number) || 1;
    return `This account is locked after too many failed attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`;
  }
  return words[code] ?? 'That did not work. Check what you entered and try again.';
}

/**
 * What the server has to say about the form that was just posted; it comes in headers that only the server sets, or
 * in the query of the page it sent the browser to.
 */
export async function formFailure(inQuery = ''): Promise<FormFailure> {
  const given = await headers();
  const reason = given.get('x-parley-form-error') ?? inQuery;
  return {
    problem: reason ? failureWords(reason) : null,
    username: decoded(given.get('x-parley-form-username')),
  };
}

function decoded(value: string | null): string {
  try {
    return decodeURIComponent(value ?? '');
  } catch {
    return '';
  }
}
