import { failureOf } from '#app/_live/client.ts';

/**
 * Why the server said no, in words. `known` gives the words for the reasons that this dialog expects; everything
 * else is a connection that failed or a right that has ended meanwhile.
 */
export function refusalWords(error: unknown, known: Readonly<Record<string, string>> = {}): string {
  const failure = failureOf(error);
  if (failure.kind === 'refused') return known[failure.reason] ?? 'That is not possible any more.';
  if (failure.kind === 'signed_out') return 'You are signed out. Reload the page to sign in again.';
  return 'That did not work. Check your connection and try again.';
}
