const ONE = String.raw`\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F)?`;
const EMOJI = String.raw`(?:\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3|${ONE}(?:\u200D${ONE}|[\u{E0020}-\u{E007F}])*)`;
const ONLY = new RegExp(`^(?:\\s|${EMOJI})+$`, 'u');
const EACH = new RegExp(EMOJI, 'gu');
const MOST = 12;

/** Whether a message is a few emoji and nothing else: then they are shown large. */
export function isEmojiOnly(text: string): boolean {
  if (text.length > MOST * 16 || !ONLY.test(text)) return false;
  const count = text.match(EACH)?.length ?? 0;
  return count > 0 && count <= MOST;
}
