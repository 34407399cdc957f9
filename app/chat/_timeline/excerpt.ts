import type { Message } from '#app/_live/model.ts';

const LONGEST = 100;

/** The first hundred characters, on one line; for a message without words, what it carries. */
export function excerpt(message: Pick<Message, 'text' | 'files'>): string {
  const text = (message.text ?? '').replace(/\s+/g, ' ').trim();
  const characters = [...text];
  if (characters.length > LONGEST) return `${characters.slice(0, LONGEST).join('')}…`;
  if (text !== '') return text;
  const [file] = message.files;
  if (!file) return 'The message has no text';
  return file.mediaType.startsWith('image/') ? 'Image' : file.originalName;
}
