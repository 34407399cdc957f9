/** What a set of people has one direct conversation by, whoever opens it and in whatever order they are named. */
export function directKey(accountIds: readonly number[]): string {
  return [...new Set(accountIds)].sort((a, b) => a - b).join(',');
}
