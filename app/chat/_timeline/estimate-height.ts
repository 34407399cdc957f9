import { imageSize, isImage } from '#app/chat/_timeline/image-size.ts';
import type { Lead, Row } from '#app/chat/_timeline/rows.ts';

const LINE = 23;
const HEAD = 34;
const DIVIDER = 32;
const CHARACTERS_PER_LINE = 90;

/** Roughly how many pixels a row will take, before it has been measured: a good guess keeps the scroll bar calm. */
export function estimateHeight(row: Row | undefined): number {
  switch (row?.kind) {
    case undefined:
      return LINE;
    case 'beginning':
      return 140;
    case 'pending':
      return above(row) + textHeight(row.pending.text);
    case 'message': {
      const { text, files, reactions, replyToId } = row.message;
      const images = files.filter(isImage).map((file) => imageSize(file).height + 8);
      return (
        above(row) +
        textHeight(text ?? '') +
        images.reduce((sum, height) => sum + height, 0) +
        (files.length - images.length) * 60 +
        (reactions.length > 0 ? 34 : 0) +
        (replyToId === null ? 0 : 24)
      );
    }
  }
}

function above({ lead, isHead }: { lead: Lead; isHead: boolean }): number {
  return (lead.day === null ? 0 : DIVIDER) + (lead.isNew ? DIVIDER : 0) + (isHead ? HEAD : 4);
}

function textHeight(text: string): number {
  if (text === '') return 0;
  const lines = text
    .split('\n')
    .reduce((count, line) => count + Math.max(1, Math.ceil(line.length / CHARACTERS_PER_LINE)), 0);
  return lines * LINE;
}
