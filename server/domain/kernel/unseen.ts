/**
 * SQL: a parameter whose value the planner can't look at. Postgres plans a prepared statement anew for every call
 * while it hopes to gain from the values; for the small reads of the hot paths planning costs several times what
 * running does. With nothing to look at, it keeps one plan for all calls.
 */
export function unseen(parameter: string): string {
  return `(SELECT ${parameter})`;
}
