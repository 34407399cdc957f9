/** A moment in a query, epoch milliseconds or a date, as a stamp; null for anything else. */
export function stampOrNull(written: string | undefined): number | null {
  if (!written) return null;
  const milliseconds = /^-?\d{1,15}$/.test(written) ? Number(written) : Date.parse(written);
  return Number.isNaN(milliseconds) ? null : milliseconds * 1_000;
}
