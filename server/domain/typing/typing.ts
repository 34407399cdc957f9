/** How long a report of typing counts, in microseconds; clients repeat it while they go on. */
export const TYPING_LIFETIME = 5_000_000;
