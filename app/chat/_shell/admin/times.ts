const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** "29 November 2026", of a stamp. */
export function dayOf(stamp: number): string {
  return day.format(stamp / 1_000);
}

/** "29 Nov 2026, 10:42", of a stamp. */
export function momentOf(stamp: number): string {
  return moment.format(stamp / 1_000);
}

/** The stamps of the first and last moment of a day as `<input type="date">` writes it, in this browser's time. */
export function rangeOfDay(date: string): { from: number; to: number } | null {
  const start = new Date(`${date}T00:00:00`);
  if (Number.isNaN(start.getTime())) return null;
  const end = new Date(start);
  end.setDate(end.getDate() + 1);
  return { from: start.getTime() * 1_000, to: end.getTime() * 1_000 - 1 };
}
