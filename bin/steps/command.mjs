import './require-setup.mjs';
import { bundleServer } from './bundle-server.mjs';
import { generateClient } from './generate-client.mjs';

/**
 * Runs one of the server's commands with the words behind it on the command line: prints what it says, or why not.
 * @param {string} name the command's file in the bundle and its export
 */
export async function runCommand(name) {
  process.env.NODE_ENV = 'production';
  process.env.LOG_LEVEL ??= 'warn';
  try {
    await generateClient();
    await bundleServer();
    const commands = await import(`../../.build/server/${name}.js`);
    console.log(await commands[name](process.argv.slice(2)));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
