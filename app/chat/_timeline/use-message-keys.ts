import { type RefObject, useEffect, useRef } from 'react';
import { usePreference } from '#app/_ui/preferences.ts';

export type MessageTool = 'delete' | 'edit' | 'reply' | 'thread' | 'copy' | 'react';

const keys: Readonly<Record<string, MessageTool>> = {
  d: 'delete',
  c: 'edit',
  o: 'reply',
  t: 'thread',
  y: 'copy',
  e: 'react',
};

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** What a key asks of the message that has the focus, or null. */
export function messageKeyOf(key: Key): MessageTool | null {
  if (key.ctrlKey || key.metaKey || key.altKey || key.shiftKey) return null;
  return keys[key.key] ?? null;
}

/**
 * The letters that work on a selected message, once single-letter keys are switched on. A tool that is missing is one
 * this person may not use: its key then does nothing, and what it means elsewhere does not happen either.
 *
 * @param inside anything within the message's article
 */
export function useMessageKeys(
  inside: RefObject<Element | null>,
  tools: Partial<Record<MessageTool, () => void>>,
): void {
  const letterKeys = usePreference('letterKeys');
  const latest = useRef(tools);
  useEffect(() => {
    latest.current = tools;
  });
  useEffect(() => {
    const article = inside.current?.closest('article');
    if (!article || !letterKeys) return;
    // The browser's own listener: it hears the key before the document, where the keys of the whole app are heard.
    const onKeyDown = (event: KeyboardEvent) => {
      const asked = event.target === article ? messageKeyOf(event) : null;
      if (!asked) return;
      event.preventDefault();
      latest.current[asked]?.();
    };
    article.addEventListener('keydown', onKeyDown);
    return () => article.removeEventListener('keydown', onKeyDown);
  }, [inside, letterKeys]);
}
