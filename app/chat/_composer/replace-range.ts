import type { Selected } from '#app/chat/_composer/formatting.ts';

/**
 * Makes a field hold `next`, as if it had been typed, so that Ctrl+Z takes it back. Browsers only keep their undo
 * history for `execCommand`, which they all still know for this.
 */
export function typeInto(field: HTMLTextAreaElement, next: Selected): void {
  field.focus();
  const { value } = field;
  let from = 0;
  while (from < value.length && value[from] === next.text[from]) from++;
  let end = value.length;
  let nextEnd = next.text.length;
  while (end > from && nextEnd > from && value[end - 1] === next.text[nextEnd - 1]) {
    end--;
    nextEnd--;
  }
  field.setSelectionRange(from, end);
  const inserted = next.text.slice(from, nextEnd);
  const command = inserted === '' ? 'delete' : 'insertText';
  const isDone = (from === end && inserted === '') || document.execCommand(command, false, inserted);
  if (!isDone) insertQuietly(field, from, end, inserted);
  field.setSelectionRange(next.start, next.end);
}

/** Replaces a range without moving the focus there: what else is open stays open. */
export function insertQuietly(field: HTMLTextAreaElement, start: number, end: number, text: string): void {
  field.setRangeText(text, start, end, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
