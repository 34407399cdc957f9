// Imported before everything else, and written so that old versions of Node can read it.
import { existsSync, readFileSync } from 'node:fs';

const wanted = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).engines.node;
const least = wanted.replace('>=', '').split('.').map(Number);
const here = process.versions.node.split('.').map(Number);

if (here[0] < least[0] || (here[0] === least[0] && here[1] < least[1])) {
  console.error(`Parley needs Node ${least.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

if (!existsSync(new URL('../../node_modules', import.meta.url))) {
  console.error('Parley is not installed yet. Run this first: npm ci');
  process.exit(1);
}
