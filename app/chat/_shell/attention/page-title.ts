/** `(3) general · Parley`: all that is unread, then what is open. No number at zero. */
export function pageTitle(unread: number, shown: string | null): string {
  const name = [shown, 'Parley'].filter(Boolean).join(' · ');
  return unread > 0 ? `(${unread}) ${name}` : name;
}
