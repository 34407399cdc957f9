import { once } from './connection.ts';

export const PASSWORD = 'Bench-Passw0rd!';

/** A signed-in person: the headers their requests carry. */
export type Person = { name: string; headers: Record<string, string> };

export async function signUp(base: URL, name: string): Promise<Person> {
  const form = new URLSearchParams({ username: name, password: PASSWORD, confirm_password: PASSWORD });
  const answer = await once(base, {
    method: 'POST',
    path: '/signup',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  const cookie = /set-cookie: (session=[^;]+)/i.exec(answer.head)?.[1];
  if (answer.status !== 302 || !cookie) throw new Error(`no session for ${name}: status ${answer.status}`);
  return { name, headers: { Cookie: cookie } };
}

export const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
