import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { createDatabase, dropDatabase, inDatabase } from './databases.mjs';

/** Postgres' internal one-byte type, in which its catalogs keep kinds of things; and plain text. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * The driver as the engine wants it, with three faults of adapter-pg 7.10 worked around.
 * @param {{ url: string, shadowDatabaseUrl?: string }} datasource
 */
export function adapterFor({ url, shadowDatabaseUrl }) {
  const factory = factoryFor(url);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => mend(await connect());
  // adapter-pg's own ignores `database` when it was given a connection string, and so would replay the migrations
  // on the real database; it also drops the shadow before it has closed its connections.
  factory.connectToShadowDb = () =>
    shadowDatabaseUrl ? connectToEmptied(shadowDatabaseUrl) : connectToNew(url);
  return bindMigrationAwareSqlAdapterFactory(factory);
}

/** @param {string} url */
function factoryFor(url) {
  const schema = new URL(url).searchParams.get('schema');
  return new PrismaPg({ connectionString: url }, schema ? { schema } : undefined);
}

/** @param {string} url a database that exists for this and may be emptied */
async function connectToEmptied(url) {
  const adapter = await factoryFor(url).connect();
  await adapter.executeScript('DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;');
  return mend(adapter);
}

/** @param {string} url of the real database, beside which the shadow lives while it is used */
async function connectToNew(url) {
  const shadow = inDatabase(url, `prisma_migrate_shadow_db_${crypto.randomUUID()}`);
  await createDatabase(shadow);
  const adapter = mend(await factoryFor(shadow).connect());
  const dispose = adapter.dispose.bind(adapter);
  adapter.dispose = async () => {
    await dispose();
    await dropDatabase(shadow);
  };
  return adapter;
}

/** @param {any} adapter a connection */
function mend(adapter) {
  // adapter-pg's own cuts a migration at every semicolon, also those in comments and function bodies
  adapter.executeScript = async (/** @type {string} */ script) => {
    try {
      await adapter.client.query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  return withCharColumns(adapter);
}

/**
 * adapter-pg cannot read columns of the type "char", which the engine's questions to the catalogs return: they are
 * read as text and declared as single characters.
 * @param {any} adapter a connection or a transaction
 */
function withCharColumns(adapter) {
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  /** @type {number[]} positions of such columns in the latest result; the engine asks one question at a time */
  let charColumns = [];
  adapter.performIO = async (/** @type {unknown} */ query) => {
    const result = await performIO(query);
    charColumns = [];
    for (const [position, field] of result.fields.entries()) {
      if (field.dataTypeID !== CHAR_OID) continue;
      charColumns.push(position);
      field.dataTypeID = TEXT_OID;
    }
    return result;
  };
  adapter.queryRaw = async (/** @type {unknown} */ query) => {
    const result = await queryRaw(query);
    for (const position of charColumns) result.columnTypes[position] = ColumnTypeEnum.Character;
    return result;
  };
  if (adapter.startTransaction) {
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (/** @type {unknown} */ level) =>
      withCharColumns(await startTransaction(level));
  }
  return adapter;
}
