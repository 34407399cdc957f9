/** Work that is done again and again in the background. */
export type Job = {
  name: string;
  /** how soon after the start, and how often from then on, in milliseconds */
  firstAfterMs: number;
  everyMs: number;
  /** resolves with what is worth a log line */
  run(): Promise<object>;
};
