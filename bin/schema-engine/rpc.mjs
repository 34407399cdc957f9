import { createInterface } from 'node:readline';
import { createDatabase, databaseName, withClient } from './databases.mjs';
import { openEngine, panicMessage } from './engine.mjs';

/** the code that the native engine gives every failure of its own; details are in `data` */
const ENGINE_ERROR = 4466;

/**
 * Answers the CLI's requests, one line of JSON each, in order, until its end closes.
 * @param {{ url: string, shadowDatabaseUrl?: string }} datasource
 * @param {string[][]} schemaFiles
 */
export async function serveRpc(datasource, schemaFiles) {
  /** @type {Promise<any> | undefined} */
  let opened;
  const engine = () => {
    opened ??= openEngine(datasource, schemaFiles);
    return opened;
  };
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const { id, method, params } = JSON.parse(line);
    // answers to our own notifications have no method
    if (method) send({ id, ...(await outcomeOf(() => call(engine, datasource, method, params))) });
  }
  // the engine keeps its connections open
  process.exit(0);
}

/** @param {() => Promise<unknown>} work */
async function outcomeOf(work) {
  try {
    return { result: await work() };
  } catch (error) {
    return { error: presentError(error) };
  }
}

/**
 * @param {() => Promise<any>} engine
 * @param {{ url: string }} datasource
 * @param {string} method
 * @param {any} params
 */
async function call(engine, datasource, method, params) {
  switch (method) {
    // these four are the native program's, or differ in the WebAssembly build
    case 'createDatabase':
      await createDatabase(datasource.url);
      return { databaseName: databaseName(datasource.url) };
    case 'getDatabaseVersion':
      return (await engine()).version(params);
    case 'dbExecute':
      await withClient(params.datasourceType?.url ?? datasource.url, (client) => client.query(params.script));
      return null;
    case 'diff':
      return diff(await engine(), params);
    default:
      return (await (await engine())[method](params)) ?? {};
  }
}

/**
 * The native engine prints a difference by a notification instead of returning it.
 * @param {any} engine
 * @param {object} params
 */
async function diff(engine, params) {
  const filters = { externalTables: [], externalEnums: [] };
  const { exitCode, stdout } = await engine.diff({ exitCode: null, filters, ...params });
  if (stdout != null) send({ id: crypto.randomUUID(), method: 'print', params: { content: stdout } });
  return { exitCode, stdout: null };
}

/** @param {any} error */
function presentError(error) {
  const panic = panicMessage();
  return {
    code: ENGINE_ERROR,
    message: 'An error happened. Check the data field for details.',
    data: {
      is_panic: panic !== null,
      message: panic ?? error?.message ?? String(error),
      error_code: error?.code,
      meta: error?.meta ?? null,
    },
  };
}

/** @param {object} message */
function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}
