import type { NewMail } from '#server/domain/mail/write-mail';
import { tokenExpiry } from '#server/domain/sign-in/one-time-token';
import { publicUrl } from '#server/platform/env';
import { loginSettings } from '#server/platform/settings';

/** What is written to people. Plain text: nothing to track, nothing to block, and links that show where they lead. */

export function magicLinkMail(recipient: string, link: string): NewMail {
  return mail(recipient, loginSettings().auth.magicLinkExpirySeconds, loginSettings().email.emailSubject, [
    'Somebody, hopefully you, wants to sign in with this address. Open this link to do so:',
    link,
    'If it was not you, nothing has happened and there is nothing to do.',
  ]);
}

export function setPasswordMail(recipient: string, link: string): NewMail {
  return mail(recipient, loginSettings().auth.magicLinkExpirySeconds, 'Set your password', [
    'Somebody, hopefully you, asked to set the password of the account with this address. Open this link to do so:',
    link,
    'If it was not you, your password stays as it is and there is nothing to do.',
  ]);
}

export function invitationMail(recipient: string, link: string, inviter: string): NewMail {
  return mail(recipient, loginSettings().auth.magicLinkExpirySeconds, 'You are invited', [
    `${inviter} has made you an account on ${publicUrl()}. Open this link to choose a password and come in:`,
    link,
    'When the link has expired, ask for another on the page to log in ("Forgotten your password?").',
  ]);
}

export function confirmEmailMail(recipient: string, link: string, username: string): NewMail {
  return mail(recipient, loginSettings().auth.magicLinkExpirySeconds, 'Confirm your address', [
    `${username} on ${publicUrl()} wants to use this address. If that is you, open this link to confirm it:`,
    link,
    'If it was not you, nothing has happened and there is nothing to do.',
  ]);
}

function mail(recipient: string, lifetime: number, subject: string, paragraphs: string[]): NewMail {
  const [reason = '', link = '', ...rest] = paragraphs;
  const text = [reason, link, `It works once, within ${duration(lifetime)}.`, ...rest].join('\n\n');
  return { recipient, subject, text: `${text}\n`, expiresAt: tokenExpiry() };
}

function duration(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 120) return minutes === 1 ? 'one minute' : `${minutes} minutes`;
  return `${Math.round(minutes / 60)} hours`;
}
