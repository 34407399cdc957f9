/** What one run removed. */
export type RetentionReport = { messages: number; files: number };

/** Removes what the settings say is too old or too much. Safe to run again at any time, in one process at once. */
export async function runRetention(): Promise<RetentionReport> {
  throw new Error('not written yet');
}
