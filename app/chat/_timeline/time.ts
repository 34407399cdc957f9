const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** A stamp (microseconds since the epoch) as a date of this browser. */
export function dateOf(stamp: number): Date {
  return new Date(stamp / 1000);
}

/** "10:42", by the 24-hour clock. */
export function clockTime(date: Date): string {
  const twoDigits = (part: number) => String(part).padStart(2, '0');
  return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

/** "Today", or "20 November 2026". */
export function dayName(date: Date, today: Date): string {
  return isSameDay(date, today) ? 'Today' : DAY.format(date);
}

/** "at 10:42" for a stamp of today, "on 20 November 2026" before. */
export function agoOf(stamp: number, today: Date): string {
  const date = dateOf(stamp);
  return isSameDay(date, today) ? `at ${clockTime(date)}` : `on ${DAY.format(date)}`;
}

/** "20 November 2026, 10:42" */
export function fullTime(date: Date): string {
  return `${DAY.format(date)}, ${clockTime(date)}`;
}

export function isSameDay(a: Date, b: Date): boolean {
  return a.getDate() === b.getDate() && a.getMonth() === b.getMonth() && a.getFullYear() === b.getFullYear();
}
