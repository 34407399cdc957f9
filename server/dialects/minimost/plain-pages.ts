import { escapeHtml } from '#server/dialects/kit/html';

// What the forms and the front page look like where nothing renders the real ones (see kit/page-answer.ts).

const WORDS: Readonly<Record<string, string>> = {
  bad_credentials: 'Invalid credentials',
  blank: 'Enter a username and a password',
  username_reserved: 'That username is reserved',
  username_pattern: 'A username has 1 to 32 letters, digits, "_" or "-"',
  username_taken: 'That username is taken',
  confirmation_differs: 'The passwords differ',
  invite_required: 'New people need an invitation',
};

const PASSWORD_WORDS =
  'A password has 8 to 1024 characters, with an upper-case letter, a digit and a special character';

/** `/login` or `/signup` as a page without style or script. */
export function plainForm(path: '/login' | '/signup', error: string, username: string): string {
  const confirmation =
    path === '/signup'
      ? `<p><label>Confirm password <input type="password" name="confirm_password"></label>`
      : '';
  return document(
    path === '/login' ? 'Log in' : 'Create an account',
    `<p role="alert">${escapeHtml(wordsFor(error))}
<form method="post" action="${path}">
<p><label>Username <input name="username" value="${escapeHtml(username)}"></label>
<p><label>Password <input type="password" name="password"></label>
${confirmation}<p><button>Send</button></form>
<p><a href="${path === '/login' ? '/signup' : '/login'}">${path === '/login' ? 'Create an account' : 'Log in'}</a>`,
  );
}

/** `/` for somebody who is signed in. */
export function plainIndex(username: string): string {
  return document('Parley', `<p>Signed in as ${escapeHtml(username)}. <a href="/logout">Log out</a>`);
}

function wordsFor(error: string): string {
  const [code = '', number] = error.split(':');
  if (code === 'account_locked') return `This account is locked. Try again in ${number} minutes`;
  return code.startsWith('password_') ? PASSWORD_WORDS : (WORDS[code] ?? 'That did not work');
}

function document(title: string, body: string): string {
  return `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${title}</title>\n<h1>${title}</h1>\n${body}\n</html>\n`;
}
