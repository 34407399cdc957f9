export type Command = {
  name: string;
  does: string;
  /** what is sent for what was typed behind the command */
  expand: (rest: string) => string;
};

/** What a `/word` at the start of a message turns into. All of them only write text: anybody may. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'shrug',
    does: 'adds ¯\\_(ツ)_/¯',
    // Markdown would eat the arm.
    expand: (rest) => `${rest} ¯\\\\\\_(ツ)\\_/¯`.trim(),
  },
  { name: 'spoiler', does: 'hides the text until it is clicked', expand: (rest) => rest && `||${rest}||` },
  { name: 'code', does: 'sends the text as code', expand: (rest) => rest && `\`\`\`\n${rest}\n\`\`\`` },
];

/** A text with its command carried out; any other text as it is. */
export function expandCommand(text: string): string {
  const [, name, rest] = /^\/([a-z]+)(?:\s+([\s\S]*))?$/.exec(text.trim()) ?? [];
  const command = COMMANDS.find((known) => known.name === name);
  return command ? command.expand((rest ?? '').trim()) : text;
}
