import { join, resolve } from 'node:path';
import { env } from '#server/platform/env';

/** The one database in the Postgres that Parley keeps for itself. */
export const DATABASE_NAME = 'parley';

/** Where that Postgres lives, unless it has to be elsewhere (see cluster.ts). */
export function postgresHome(): string {
  return join(resolve(env().DATA_DIR), 'postgres');
}
