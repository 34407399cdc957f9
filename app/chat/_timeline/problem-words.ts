import { failureOf } from '#app/_live/client.ts';

const WORDS: Record<string, string> = {
  empty: 'A message needs some words or a file.',
  message_too_long: 'That is too long for one message.',
  not_editable: 'This message can no longer be changed.',
  message: 'The message is no longer there.',
  thread_root: 'The thread is no longer there.',
  no_thread_here: 'There are no threads here.',
  too_many_pins: 'There are too many pins here. Take out an old one first.',
  conversation: 'The conversation is no longer there.',
  no_such_file: 'A file of it is no longer there.',
  file_repeated: 'A file of it was already sent.',
};

/** A refusal's reason in a sentence. */
export function problemWords(reason: string): string {
  return WORDS[reason] ?? 'That was refused.';
}

/** What to tell somebody about a call that failed. */
export function problemOf(error: unknown): string {
  const failure = failureOf(error);
  if (failure.kind === 'refused') return problemWords(failure.reason);
  return 'The server cannot be reached. Try again in a moment.';
}
