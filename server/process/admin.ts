// `npm run admin`: what only somebody with access to the machine may do, beside a running server or without one.
import { isRefusal } from '#server/domain/kernel/refusal';
import { closeAll, onShutdown } from '#server/platform/closers';
import { openDatabase } from '#server/process/open-database';

const USAGE = `Usage:
  npm run admin -- grant <username>    makes somebody an administrator
  npm run admin -- revoke <username>   makes them a member again`;

/** Runs one command; resolves with what to tell the person who typed it. Throws with a readable reason. */
export async function admin([command, username]: string[]): Promise<string> {
  if ((command !== 'grant' && command !== 'revoke') || !username) throw new Error(USAGE);
  try {
    await openDatabase();
    // only now: the pool takes its address from the environment when it is first loaded
    const { grantAdministrator, revokeAdministrator } = await import(
      '#server/domain/accounts/administrators'
    );
    const { pool } = await import('#server/platform/database');
    onShutdown('database connections', () => pool.end());
    await (command === 'grant' ? grantAdministrator(username) : revokeAdministrator(username));
    return `${username} is ${command === 'grant' ? 'an administrator' : 'a member'} now.`;
  } catch (error) {
    throw explain(error, username);
  } finally {
    await closeAll(() => {});
  }
}

function explain(error: unknown, username: string): unknown {
  if (!isRefusal(error)) return error;
  if (error.reason === 'last_owner')
    return new Error(`${username} is the last owner, and there must be one.`);
  return new Error(`Nobody is called ${username}.`);
}
