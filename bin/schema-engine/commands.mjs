import { createDatabase, dropDatabase, explainConnection, withClient } from './databases.mjs';

/** @type {Record<string, (url: string) => Promise<unknown>>} */
const COMMANDS = {
  'can-connect-to-database': (url) => withClient(url, (client) => client.query('SELECT 1')),
  'create-database': createDatabase,
  'drop-database': dropDatabase,
};

/**
 * One sub-command of the native program. The CLI reads the last line of standard error when it fails.
 * @param {string} name
 * @param {string} url
 * @returns {Promise<number>} the exit code
 */
export async function runCommand(name, url) {
  try {
    await COMMANDS[name]?.(url);
    return 0;
  } catch (error) {
    logLine('INFO', { message: 'Starting schema engine CLI' });
    logLine('ERROR', { ...explainConnection(error, url), is_panic: false });
    return 1;
  }
}

/**
 * @param {string} level
 * @param {object} fields
 */
function logLine(level, fields) {
  const timestamp = new Date().toISOString();
  process.stderr.write(`${JSON.stringify({ timestamp, level, fields, target: 'schema_engine::logger' })}\n`);
}
