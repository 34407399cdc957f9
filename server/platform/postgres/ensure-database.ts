import pg from 'pg';
import { isDatabaseAbsence } from '#server/platform/patient-pool';

const NO_SUCH_DATABASE = '3D000';
const DUPLICATE_DATABASE = '42P04';
const WRONG_PASSWORD = new Set(['28P01', '28000']);
const NOT_ALLOWED = '42501';
const CONNECT_LIMIT_MS = 10_000;

/**
 * Sees to it that the database of a connection string can be used, and makes it if it is missing. Throws an error
 * that says in plain words what is wrong; never with the password in it.
 */
export async function ensureDatabase(url: string): Promise<'found' | 'created'> {
  const where = placeOf(url);
  try {
    await withClient(url, (client) => client.query('SELECT 1'));
    return 'found';
  } catch (error) {
    if (codeOf(error) !== NO_SUCH_DATABASE) throw explain(error, where);
  }
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  try {
    await withClient(inDatabase(url, 'postgres'), (client) =>
      client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`),
    );
  } catch (error) {
    if (codeOf(error) === DUPLICATE_DATABASE) return 'found';
    if (codeOf(error) !== NOT_ALLOWED && codeOf(error) !== NO_SUCH_DATABASE) throw explain(error, where);
    throw new Error(`There is no database "${name}" on ${where}, and this user may not create it.`);
  }
  return 'created';
}

function inDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

function explain(error: unknown, where: string): Error {
  if (WRONG_PASSWORD.has(codeOf(error))) {
    return new Error(`The database on ${where} refused the user or password in DATABASE_URL.`, {
      cause: error,
    });
  }
  if (isDatabaseAbsence(error) || codeOf(error) === 'ENOTFOUND') {
    return new Error(
      `No database answers on ${where} (${codeOf(error)}). Is it running, and is DATABASE_URL right?`,
      {
        cause: error,
      },
    );
  }
  return new Error(`The database on ${where} cannot be used: ${(error as Error).message}`, { cause: error });
}

function codeOf(error: unknown): string {
  const { code, errors } = error as { code?: string; errors?: { code?: string }[] };
  return code ?? errors?.[0]?.code ?? '';
}

function placeOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname || 'localhost'}:${port || 5432}`;
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_LIMIT_MS });
  client.on('error', () => {});
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}
