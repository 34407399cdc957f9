import { hash, verify } from '@node-rs/argon2';
import { inTurn } from '#server/domain/kernel/in-turn';
import { processSingleton } from '#server/platform/process-singleton';
import { Turnstile } from '#server/platform/turnstile';

/** argon2id (the library's default variant) as OWASP asks for: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash at `COST` of a password that nobody knows. */
const DECOY =
  '$argon2id$v=19$m=19456,t=2,p=1$LzKdTfUtCK3dPQLRWdiEMg$1PZVcVoiCjlOzulKGgd0lcrDPyUJF2GDYubS2Xev1Q8';

// Node has four threads for this and for every file it touches: some stay free, and the line doesn't grow for ever.
const turnstile = processSingleton('accounts.passwords', () => new Turnstile({ width: 2, line: 500 }));

/** The salted hash to store. Takes tens of milliseconds: never call it inside a transaction. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(turnstile, () => hash(password, COST));
}

/** Whether a password is the one behind a stored hash. As slow as `hashPassword`. */
export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return inTurn(turnstile, () => verify(passwordHash, password));
}

/** The work of a verification for an account that isn't there, so that the time taken doesn't tell which names exist. */
export async function pretendToVerify(password: string): Promise<void> {
  await verifyPassword(DECOY, password);
}
