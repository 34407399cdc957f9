const SELECTOR = '\uFE0F';
const KEYCAP = '\u20E3';
const WITHOUT_SKIN_TONE = /\p{Extended_Pictographic}(?!\p{Emoji_Modifier})/gu;

/**
 * One spelling for each emoji: the variation selector where it is needed to be a picture (❤️), and nowhere else (👍).
 * Keyboards and pickers differ in that, and the same reaction by two people would be counted as two.
 */
export function canonicalEmoji(emoji: string): string {
  return emoji
    .replaceAll(SELECTOR, '')
    .replace(WITHOUT_SKIN_TONE, (picture) =>
      /\p{Emoji_Presentation}/u.test(picture) ? picture : picture + SELECTOR,
    )
    .replaceAll(KEYCAP, SELECTOR + KEYCAP);
}
