import type { Refusal, RefusalKind } from '#server/domain/kernel/refusal';

/**
 * The documented table (mikrochat.md §1.6). The product's own handlers turn most of these into 400; where documents
 * and code disagree we follow the documents. They know neither 409 nor 413.
 */
export const statuses = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 400,
  too_large: 400,
  rate_limited: 429,
} satisfies Record<RefusalKind, number>;

/** Always JSON with a sentence for people: the client shows it as it is. */
export function presentError(refusal: Refusal, status: number): Response {
  const { retryAfterSeconds } = refusal.detail;
  if (status === 429) {
    const seconds = Number(retryAfterSeconds ?? 1);
    const message = `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
    return errorResponse(
      429,
      { error: 'Too Many Requests', message, retryAfter: seconds },
      {
        'retry-after': String(seconds),
      },
    );
  }
  return errorResponse(status, { error: wordsFor(refusal) });
}

/** What no route answers: a wrong method, an unknown path, a bug. */
export function presentFault(
  status: number,
  _asking: unknown,
  headers: Record<string, string> = {},
): Response {
  return errorResponse(status, { error: FAULTS[status] ?? 'Something went wrong' }, headers);
}

function errorResponse(status: number, body: object, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}

const FAULTS: Readonly<Record<number, string>> = {
  400: 'Bad request',
  404: 'Not found',
  405: 'Method not allowed',
  500: 'Internal server error',
};

function wordsFor({ kind, reason, detail }: Refusal): string {
  if (reason === 'bad_field') return detail.field ? `Missing or invalid: ${detail.field}` : 'Bad request';
  if (reason === 'message_too_long') return `A message has at most ${detail.limit} characters`;
  return WORDS[reason] ?? USUAL[kind];
}

const USUAL: Readonly<Record<RefusalKind, string>> = {
  invalid: 'Bad request',
  unauthenticated: 'Sign in first',
  forbidden: 'You are not allowed to do that',
  not_found: 'Not found',
  conflict: 'That is not possible',
  too_large: 'That is too much',
  rate_limited: 'Too Many Requests',
};

const WORDS: Readonly<Record<string, string>> = {
  malformed_json: 'The body is not a JSON object',
  body_too_large: 'The body is too large',
  nul: 'A text contains a character that can not be stored',

  signed_out: 'Sign in first',
  session: 'The session has ended: sign in again',
  bad_credentials: 'Wrong email or password',
  account_locked: 'Too many failed attempts: try again later',
  not_invited: 'You need an invitation',
  invite_required: 'You need an invitation',
  sign_in_way: 'This server does not sign people in that way',
  provider: 'There is no such provider',
  token: 'The link is not valid, or not any more',
  email: 'That is no email address',
  email_taken: 'There is an account with that email already',
  password_too_short: 'A password has at least 8 characters',
  password_too_long: 'A password has at most 1024 characters',
  webhook_token: 'That is no webhook’s token',
  another_webhook: 'That is another webhook’s token',

  empty: 'A message needs content or images',
  reaction: 'A reaction is an emoji of at most 64 characters',
  no_thread_here: 'Only messages of a channel have threads, and replies have none of their own',
  no_pins_here: 'Direct messages can not be pinned',
  too_many_pins: 'There are too many pins in this channel',
  not_the_sender: 'Only the author can do that',
  admins_only: 'Only administrators write here',
  too_few_people: 'You can not start a conversation with yourself',
  not_a_participant: 'You are not part of this conversation',

  name_taken: 'That name is taken',
  channel_name: 'A channel needs a name without < and > that is not too long',
  topic_too_long: 'A topic has at most 250 characters',
  default_channel: 'The General channel can be neither renamed nor deleted',
  server_name: 'The server needs a name of at most 100 characters without < and >',
  webhook_name: 'A webhook needs a name of at most 100 characters without < and >',
  display_name: 'A name has 1 to 64 characters, and neither < nor >',

  not_an_administrator: 'Only administrators can do that',
  owners_only: 'Only the owner can do that',
  own_account: 'You can not remove yourself: leave the server instead',
  last_administrator: 'The server needs an administrator',
  last_owner: 'The server needs an owner',

  image_type: 'An image is a JPG, PNG, WebP or SVG',
  no_image: 'There is no image',
  image_too_large: 'An image has at most 10 MB',
  bad_image: 'The image can not be read',
  bad_base64: 'The file is not encoded in base64',
  unknown_file: 'There is no such file of yours here',
  file_repeated: 'A file can be in a message once',
  file_name: 'That is no name of a file',
  file_type: 'Files of that kind are not accepted',
  no_file: 'There is no file',
  file_too_large: 'A file has at most 25 MB',
  storage_full: 'There is no room for more files',
};
