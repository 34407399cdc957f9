import type { Refusal, RefusalKind } from '#server/domain/kernel/refusal';

/** The usual status of each kind; routes differ where the documents do (minimost.md §1.5). */
export const statuses = {
  invalid: 400,
  // the same for browsers and programs, whatever the method (§1.2)
  unauthenticated: 302,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
} satisfies Record<RefusalKind, number>;

/** A short line of text, never JSON; a redirect for people who aren't signed in. */
export function presentError(refusal: Refusal, status: number): Response {
  if (status === 302) return new Response(null, { status, headers: { location: '/login' } });
  const retryAfter = refusal.detail.retryAfterSeconds;
  return new Response(wordsFor(refusal, status), {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
  });
}

function wordsFor({ reason, detail }: Refusal, status: number): string {
  // what is missing and what is forbidden sound alike everywhere: the status says which it is here
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not found';
  if (status === 409) return CONFLICTS[reason] ?? 'conflict';
  if (status === 413) return tooLarge(reason, detail);
  if (status === 429) return 'too many requests';
  if (reason === 'no_account') return `no account named ${(detail.names as readonly string[]).join(', ')}`;
  return BAD_REQUESTS[reason] ?? 'bad request';
}

const CONFLICTS: Readonly<Record<string, string>> = {
  not_editable: 'not editable',
  already_member: 'already a member',
};

const BAD_REQUESTS: Readonly<Record<string, string>> = {
  empty: 'empty',
  invalid_reaction: 'invalid reaction',
  invalid_channel: 'invalid channel',
  color: 'invalid color',
  no_file: 'no file',
  invalid_file_type: 'invalid file type',
  channel_name: 'invalid name',
  bio_too_long: 'bio too long (max 160 characters)',
};

function tooLarge(reason: string, detail: Refusal['detail']): string {
  if (reason === 'message_too_long') return `message too long (max ${detail.limit} characters)`;
  if (reason === 'file_too_large') return `file too large (max ${detail.limitMb} MB)`;
  if (reason === 'storage_full') return 'no room for files';
  return 'request too large';
}
