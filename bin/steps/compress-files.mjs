import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { BUILD, ROOT } from './fingerprint.mjs';

const COMPRESSIBLE = /\.(?:js|mjs|css|json|svg|txt|html|webmanifest|wasm|map)$/;
/** below this a packet is a packet */
const WORTHWHILE_BYTES = 1024;
const AT_ONCE = 4;

const FOLDERS = [
  { from: join(ROOT, '.next/static'), to: join(BUILD, 'compressed/next') },
  { from: join(ROOT, 'public'), to: join(BUILD, 'compressed/public') },
];

/** Writes a br and a gzip variant of every static file that gains from it. */
export async function compressFiles() {
  rmSync(join(BUILD, 'compressed'), { recursive: true, force: true });
  mkdirSync(join(BUILD, 'compressed'), { recursive: true });
  const waiting = FOLDERS.flatMap(({ from, to }) => filesBelow(from).map((name) => ({ from, to, name })));
  const worker = async () => {
    for (let file = waiting.pop(); file; file = waiting.pop()) await compressFile(file);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** @param {{ from: string, to: string, name: string }} file */
async function compressFile({ from, to, name }) {
  const plain = readFileSync(join(from, name));
  if (plain.length < WORTHWHILE_BYTES) return;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
    promisify(gzip)(plain, { level: 9 }),
  ]);
  mkdirSync(dirname(join(to, name)), { recursive: true });
  if (br.length < plain.length) writeFileSync(join(to, `${name}.br`), br);
  if (gz.length < plain.length) writeFileSync(join(to, `${name}.gz`), gz);
}

/**
 * @param {string} folder
 * @returns {string[]} paths relative to it
 */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && COMPRESSIBLE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
