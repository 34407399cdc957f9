'use client';

import { BlankPage } from '#app/_ui/blank-page.tsx';
import { Button } from '#app/_ui/button.tsx';

/** A bug of ours. What was written stays: drafts and the outbox are kept by the browser. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <BlankPage title="Something went wrong">
      <p>What you wrote is kept. Try again, or reload the page.</p>
      <Button variant="primary" className="mt-5" onClick={reset}>
        Try again
      </Button>
    </BlankPage>
  );
}
