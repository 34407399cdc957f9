import type { Message } from '#app/_live/model.ts';
import { imageSize, isImage } from '#app/chat/_timeline/image-size.ts';
import type { Lead, Row } from '#app/chat/_timeline/rows.ts';

const LINE = 22.5;
const HEAD = 34;
const DIVIDER = 32;
/** Pixels that a character takes on average, and what stands beside the text. */
const CHARACTER = 7.2;
const SIDES = 116;
const CODE_LINE = 21.3;
/** label, padding and margins of a block */
const CODE_FRAME = 70;

/**
 * Roughly how many pixels a row will take in a list this wide, before it has been measured: a good guess keeps the
 * scroll bar calm.
 */
export function estimateHeight(row: Row | undefined, width: number): number {
  switch (row?.kind) {
    case undefined:
      return LINE;
    case 'root':
      return 2 * HEAD + contentHeight(row.message, width);
    case 'beginning':
      return 140;
    case 'pending':
      return above(row) + textHeight(row.pending.text, width);
    case 'message': {
      const { replyToId, threadRootId, thread } = row.message;
      const isReply = replyToId !== null || threadRootId !== null;
      return above(row) + contentHeight(row.message, width) + (isReply ? 24 : 0) + (thread ? 34 : 0);
    }
  }
}

function contentHeight({ text, files, reactions }: Message, width: number): number {
  const images = files.filter(isImage).map((file) => imageSize(file).height + 8);
  return (
    textHeight(text ?? '', width) +
    images.reduce((sum, height) => sum + height, 0) +
    (files.length - images.length) * 60 +
    (reactions.length > 0 ? 34 : 0)
  );
}

function above({ lead, isHead }: { lead: Lead; isHead: boolean }): number {
  return (lead.day === null ? 0 : DIVIDER) + (lead.isNew ? DIVIDER : 0) + (isHead ? HEAD : 4);
}

function textHeight(text: string, width: number): number {
  if (text === '') return 0;
  const perLine = Math.max(20, (width - SIDES) / CHARACTER);
  let height = 0;
  let isCode = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) {
      isCode = !isCode;
      height += isCode ? CODE_FRAME : 0;
    } else {
      height += isCode ? CODE_LINE : LINE * Math.max(1, Math.ceil(line.length / perLine));
    }
  }
  return height;
}
