// Prints the table of every documented API: `npx tsx bin/routes.ts [name]`.
import { APIS } from '#server/dialects/all';

const [wanted] = process.argv.slice(2);

for (const { name, routes } of APIS.filter((api) => !wanted || api.name === wanted)) {
  for (const { method, path, access, id } of routes) {
    console.log([name, method.padEnd(6), path.padEnd(42), access.padEnd(8), id].join('  '));
  }
}
