import { MAX_TEXT_LENGTH } from '#server/domain/messages/message-text';

const COUNTER_FROM = Math.floor(MAX_TEXT_LENGTH * 0.9);

/** What the counter says: null while there is plenty of room; negative when the text is too long. */
export function roomLeft(text: string): number | null {
  // Code points are never more than UTF-16 units, so short texts need no counting.
  if (text.length < COUNTER_FROM) return null;
  const length = [...text].length;
  return length < COUNTER_FROM ? null : MAX_TEXT_LENGTH - length;
}

/** Whether Enter, with these keys held, sends. On a phone's keyboard a plain Enter does as the setting says too. */
export function isSendKey(
  event: { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean },
  enterToSend: boolean,
): boolean {
  if (event.key !== 'Enter' || event.altKey) return false;
  const withControl = event.ctrlKey || event.metaKey;
  return enterToSend ? !event.shiftKey : withControl;
}
