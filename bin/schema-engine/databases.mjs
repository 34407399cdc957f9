import pg from 'pg';

const CONNECT_LIMIT_MS = 5_000;
const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH']);

/**
 * @template T
 * @param {string} url
 * @param {(client: pg.Client) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withClient(url, use) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_LIMIT_MS });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** @param {string} url */
export function databaseName(url) {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

/**
 * The same server and user, another database.
 * @param {string} url
 * @param {string} name
 */
export function inDatabase(url, name) {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
}

/** @param {string} url */
export async function createDatabase(url) {
  const name = pg.escapeIdentifier(databaseName(url));
  await withClient(inDatabase(url, 'postgres'), (client) => client.query(`CREATE DATABASE ${name}`));
}

/** @param {string} url */
export async function dropDatabase(url) {
  const name = pg.escapeIdentifier(databaseName(url));
  await withClient(inDatabase(url, 'postgres'), (client) =>
    client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  );
}

/**
 * A connection failure in the codes that the CLI explains to people.
 * @param {any} error
 * @param {string} url
 * @returns {{ error_code: string, message: string }}
 */
export function explainConnection(error, url) {
  const { hostname, port } = new URL(url);
  const server = `\`${hostname}:${port || 5432}\``;
  if (error.code === '3D000') {
    return { error_code: 'P1003', message: `Database \`${databaseName(url)}\` does not exist` };
  }
  if (error.code === '28P01') {
    return { error_code: 'P1000', message: `Authentication failed against the database server at ${server}` };
  }
  if (UNREACHABLE.has(error.code)) {
    return { error_code: 'P1001', message: `Can't reach database server at ${server}` };
  }
  return { error_code: 'P1010', message: String(error.message ?? error) };
}
