import type { ReactNode } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { AuthCard } from '#app/(auth)/_form/auth-card.tsx';
import { TextLink } from '#app/(auth)/_form/text-link.tsx';

/**
 * What a mailed link opens when nothing more is asked: one button. Looking at the page uses nothing up, because mail
 * programs look at links before people do.
 */
export function MailedLink({
  title,
  problem,
  step,
  verb,
  email,
  token,
  children,
}: {
  title: string;
  problem: string | null;
  step: 'open-link' | 'confirm-email';
  verb: string;
  email: string;
  token: string;
  children: ReactNode;
}) {
  return (
    <AuthCard title={title} problem={problem} footer={<TextLink href="/login">Log in another way</TextLink>}>
      <form method="post" action={`/api/sign-in/${step}`} className="grid gap-4">
        <p className="wrap-anywhere">{children}</p>
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="token" value={token} />
        <Button type="submit" variant="primary" wide autoFocus>
          {verb}
        </Button>
      </form>
    </AuthCard>
  );
}
