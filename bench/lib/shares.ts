import type { Row } from '../run.ts';
import { round } from './stats.ts';

/** Which limit a workload runs into, by the beginning of its name. */
const LIMIT_OF: readonly [workload: RegExp, limit: string][] = [
  [/send/, 'limit: Postgres, 50 inserts a commit'],
  [/latest 50|after|unread/, 'limit: node:http, pages'],
  [/fan-out at 20/, 'limit: node:http, streams at 20/s'],
];

/** The rows with a `share` of the limit that was measured in the same run: of its rate, or of its p99 the other way. */
export function withShares(rows: readonly Row[]): Row[] {
  return rows.map((row) => {
    const name = LIMIT_OF.find(([workload]) => workload.test(row.workload))?.[1];
    const limit = row.workload.startsWith('limit:') ? undefined : rows.find((one) => one.workload === name);
    const share =
      ratio(row.perSecond, limit?.perSecond) ??
      (row.clients === limit?.clients ? ratio(limit?.p99, row.p99) : undefined);
    return share === undefined ? row : { ...row, share };
  });
}

function ratio(of: string | number | undefined, to: string | number | undefined): number | undefined {
  return typeof of === 'number' && typeof to === 'number' && to > 0 ? round(of / to, 3) : undefined;
}
