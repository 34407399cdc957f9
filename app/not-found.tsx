import type { Metadata } from 'next';
import { BlankPage } from '#app/_ui/blank-page.tsx';

export const metadata: Metadata = { title: 'Not found · Parley' };

/** An address that the app does not have. */
export default function NotFound() {
  return (
    <BlankPage title="Not found">
      <p>There is no page at this address.</p>
      <a
        href="/"
        className="mt-4 inline-block font-medium text-accent-ink underline-offset-4 hover:underline"
      >
        Go home
      </a>
    </BlankPage>
  );
}
