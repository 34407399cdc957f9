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
  const articles = [...document.querySelectorAll<HTMLElement>('[role="log"] article')];
  const at = articles.findIndex((article) => article.contains(document.activeElement));
  if (step !== 'newest' && at === -1) return false;
  const next = step === 'newest' ? articles.at(-1) : articles[at + step];
  if (next) {
    if (!next.hasAttribute('tabindex')) next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }
  return true;
}
