import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink, TRPCClientError } from '@trpc/client';
import superjson from 'superjson';
import type { Failure } from '#app/_live/backend.ts';
import type { AppRouter } from '#server/trpc/root';

const url = '/api/trpc';

/**
 * The server's procedures, one HTTP request per call: a batch would make a quick answer wait for a slow one, and a
 * retried send repeat its neighbours.
 */
export const trpc = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url, transformer: superjson }),
      false: httpLink({ url, transformer: superjson }),
    }),
  ],
});

/** What went wrong, in the three ways that call for different answers. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof TRPCClientError)) return { kind: 'passing' };
  const failure = (error as TRPCClientError<AppRouter>).data?.failure;
  if (!failure || failure.kind === 'internal' || failure.kind === 'rate_limited') return { kind: 'passing' };
  if (failure.kind === 'unauthenticated') return { kind: 'signed_out' };
  return { kind: 'refused', reason: failure.reason };
}
