/** The message that is selected: the one that has the focus itself. Null outside of visual mode. */
export function selectedArticle(): HTMLElement | null {
  const focused = document.activeElement;
  return focused instanceof HTMLElement && focused.matches('[role="log"] article') ? focused : null;
}

/**
 * Moves the focus from message to message: to the newest one, or one on from the message that has it. False when no
 * message has the focus, so that there is nothing to move on from.
 */
export function walkArticles(step: 'newest' | 1 | -1): boolean {
  // beside the conversation there may be a thread: whoever is in it stays in it
  const beside = document.activeElement?.closest('aside')?.querySelector('[role="log"]');
  const log = beside ?? document.querySelector('main [role="log"]');
  const articles = [...(log?.querySelectorAll<HTMLElement>('article') ?? [])];
  const at = articles.findIndex((article) => article.contains(document.activeElement));
  if (step !== 'newest' && at === -1) return false;
  const next = step === 'newest' ? articles.at(-1) : articles[at + step];
  if (next) {
    next.tabIndex = -1;
    // Only keys select: a click on a message that was once selected must not do so again.
    next.addEventListener('blur', () => next.removeAttribute('tabindex'), { once: true });
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }
  return true;
}
