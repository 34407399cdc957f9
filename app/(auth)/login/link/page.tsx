import type { Metadata } from 'next';
import { formFailure } from '#app/(auth)/_form/form-failure.ts';
import { MailedLink } from '#app/(auth)/_form/mailed-link.tsx';
import { type Query, textOf } from '#app/(auth)/_form/query.ts';

export const metadata: Metadata = { title: 'Log in · Parley' };

/** Where a link to sign in leads. */
export default async function OpenLinkPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const email = textOf(query.email);
  return (
    <MailedLink
      title="Log in"
      problem={(await formFailure(textOf(query.error))).problem}
      step="open-link"
      verb="Log in"
      email={email}
      token={textOf(query.token)}
    >
      You are about to log in as <strong>{email || 'nobody'}</strong>.
    </MailedLink>
  );
}
