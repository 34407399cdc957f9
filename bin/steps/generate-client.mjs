import { fingerprint, unlessFresh } from './fingerprint.mjs';
import { runPrisma } from './prisma.mjs';

/**
 * Generates the Prisma client from the schema unless that is done.
 * @returns {Promise<boolean>} whether it had to be generated
 */
export function generateClient() {
  return unlessFresh({
    name: 'prisma-client',
    print: fingerprint(['prisma/schema', 'prisma.config.ts', 'node_modules/prisma/package.json']),
    outputs: ['server/platform/prisma/client.ts'],
    make: () => runPrisma(['generate']),
  });
}
