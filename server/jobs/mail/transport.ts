import { createTransport, type Transporter } from 'nodemailer';
import { env, publicUrl } from '#server/platform/env';
import { loginSettings } from '#server/platform/settings';

/** Milliseconds: a mail server that doesn't answer must not hold up the rest. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

let current: { key: string; transport: Transporter } | null = null;

/** The way out that the settings name at the moment, null if none: connections are kept until they name another. */
export function mailTransport(): Transporter | null {
  const { host, port, secure, user, password } = loginSettings().email;
  const { SMTP_URL } = env();
  const key = JSON.stringify([SMTP_URL, host, port, secure, user, password]);
  if (current?.key === key) return current.transport;
  closeTransport();
  if (!SMTP_URL && host === '') return null;
  const auth = user === '' ? {} : { auth: { user, pass: password } };
  const transport = SMTP_URL
    ? createTransport({ ...PATIENCE, url: SMTP_URL, pool: true })
    : createTransport({ ...PATIENCE, host, port, secure, ...auth, pool: true });
  current = { key, transport };
  return transport;
}

export function closeTransport(): void {
  current?.transport.close();
  current = null;
}

/** The sender: as configured, else whoever signs in to the mail server, else one of this host's. */
export function sender(): string {
  const { from } = loginSettings().email;
  const user = signsInAs();
  return from || (user.includes('@') ? user : `parley@${new URL(publicUrl()).hostname}`);
}

function signsInAs(): string {
  const { SMTP_URL } = env();
  if (!SMTP_URL) return loginSettings().email.user;
  return URL.canParse(SMTP_URL) ? decodeURIComponent(new URL(SMTP_URL).username) : '';
}
