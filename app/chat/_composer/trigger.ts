/** What somebody has begun to write that can be completed: `@al`, `#gen`, `:thumb`, `/sh`. */
export type Trigger = {
  kind: 'person' | 'channel' | 'emoji' | 'command';
  query: string;
  /** where its sign stands */
  start: number;
};

const KINDS = { '@': 'person', '#': 'channel', ':': 'emoji' } as const;
/** A sign counts at the start of a line or after a space or bracket; its word has no spaces. */
const WORD = /(?:^|[\s([{>])([@#:])([\p{L}\p{N}_+-]*)$/u;
const COMMAND = /^\/([a-z]*)$/;
/** ":)" and "10:4" are not the beginning of an emoji. */
const LEAST_EMOJI = 2;

/** The trigger that ends at the caret; null if there is none. */
export function triggerAt(text: string, caret: number): Trigger | null {
  const before = text.slice(0, caret);
  const command = COMMAND.exec(before);
  if (command) return { kind: 'command', query: command[1] as string, start: 0 };
  const match = WORD.exec(before);
  if (!match) return null;
  const query = match[2] as string;
  const kind = KINDS[match[1] as keyof typeof KINDS];
  if (kind === 'emoji' && query.length < LEAST_EMOJI) return null;
  return { kind, query, start: caret - query.length - 1 };
}
