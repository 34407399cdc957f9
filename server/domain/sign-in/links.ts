import type { Face } from '#server/domain/kernel/actor';
import { publicUrl } from '#server/platform/env';
import { loginSettings } from '#server/platform/settings';

export type LinkKind = 'magic_link' | 'set_password' | 'first_password' | 'confirm_email';

const OWN_PAGES = {
  magic_link: '/login/link',
  set_password: '/login/password',
  first_password: '/login/password',
  confirm_email: '/login/email',
} as const satisfies Record<LinkKind, string>;

/**
 * A mailed link. Who asked through MikroChat gets one to its client, where one is configured (its path `/reset` asks
 * for a new password, mikrochat.md §2 E6), everybody else one to our own pages.
 */
export function linkFor(
  face: Face,
  kind: LinkKind,
  { email, token }: { email: string; token: string },
): string {
  const query = `?token=${token}&email=${encodeURIComponent(email)}`;
  const { appUrl } = loginSettings().auth;
  if (face !== 'mikrochat' || appUrl === '' || kind === 'confirm_email') {
    return publicUrl() + OWN_PAGES[kind] + query;
  }
  return `${appUrl}${kind === 'set_password' ? '/reset' : ''}${query}`;
}

/** The beginning of the MikroChat client's address, or of ours where none is configured. */
export function appUrl(): string {
  return loginSettings().auth.appUrl || publicUrl();
}
