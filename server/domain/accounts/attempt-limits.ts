import ipaddr from 'ipaddr.js';
import type { Actor } from '#server/domain/kernel/actor';
import { refuse } from '#server/domain/kernel/refusal';
import type { Device } from '#server/domain/sessions/session';
import { type RateLimit, takeAllowance } from '#server/platform/rate-limit';

// Wide enough for a whole office behind one address; what guards a single account is its lockout.
const SIGN_INS: RateLimit = { name: 'sign-in', most: 60, perSeconds: 60 };
const SIGN_UPS: RateLimit = { name: 'sign-up', most: 200, perSeconds: 3_600 };
// One address and one mailbox or account, for ways in that no lockout guards (mikrochat.md §1.10).
const EMAIL_ATTEMPTS: RateLimit = { name: 'email-attempt', most: 10, perSeconds: 900 };
const MAILS: RateLimit = { name: 'mail', most: 10, perSeconds: 3_600 };
const PASSWORD_CHECKS: RateLimit = { name: 'password-check', most: 30, perSeconds: 3_600 };

/** Refuses `rate_limited` `too_many_attempts` with `retryAfterSeconds`, like the other limits here. */
export function limitSignIns(device: Device): void {
  limitAddress(SIGN_INS, device.ip);
}

export function limitSignUps(device: Device): void {
  limitAddress(SIGN_UPS, device.ip);
}

/** `email` as `normalEmail` makes it, or whatever somebody gave instead. */
export function limitEmailAttempts(device: Device, email: string): void {
  limitAddress(EMAIL_ATTEMPTS, device.ip, email.slice(0, 254).toLowerCase());
}

/** Whether one more mail may go to a mailbox on behalf of somebody at this address: nobody's is filled by a stranger. */
export function mayMailTo(email: string, ip: string | null): boolean {
  return isLoopback(ip) || takeAllowance(MAILS, email) === 0;
}

/** For the commands that ask a signed-in person for their password again: a stolen session must not guess it. */
export function limitPasswordChecks(actor: Actor): void {
  limit(PASSWORD_CHECKS, actor.accountId);
}

/**
 * Loopback is whoever runs on this machine, most of all a proxy that we weren't told to trust: it stands for
 * everybody, so it is nobody's limit.
 */
function limitAddress(rate: RateLimit, ip: string | null, about = ''): void {
  if (ip === null || !ipaddr.isValid(ip) || isLoopback(ip)) return;
  const address = ipaddr.process(ip);
  limit(rate, `${networkOf(address)} ${about}`);
}

function isLoopback(ip: string | null): boolean {
  return ip !== null && ipaddr.isValid(ip) && ipaddr.process(ip).range() === 'loopback';
}

/** One subscriber of IPv6 has a whole /64 to choose addresses from. */
function networkOf(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  return address.kind() === 'ipv4'
    ? address.toString()
    : address.toNormalizedString().split(':', 4).join(':');
}

function limit(rate: RateLimit, key: string | number): void {
  const retryAfterSeconds = takeAllowance(rate, key);
  if (retryAfterSeconds > 0) refuse('rate_limited', 'too_many_attempts', { retryAfterSeconds });
}
