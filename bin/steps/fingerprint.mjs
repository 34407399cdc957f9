// Whether something made from files is still true to them: by content, because a checkout or a copy of the folder
// gives every file a new time.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** the project's folder */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
/** where everything that is built goes, next to Next's own folder */
export const BUILD = join(ROOT, '.build');

/**
 * One hash over the names and contents of files.
 * @param {string[]} paths files and folders, relative to the project; missing ones count as empty
 * @param {{ without?: string[] }} [options] folders to leave out
 * @returns {string} hexadecimal SHA-256
 */
export function fingerprint(paths, { without = [] } = {}) {
  const hash = createHash('sha256').update(process.versions.node.split('.', 1)[0]);
  const left = new Set(without.map((path) => join(ROOT, path)));
  for (const path of paths) {
    for (const file of filesBelow(join(ROOT, path), left)) {
      hash
        .update(`${relative(ROOT, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

/**
 * Makes something unless it was already made from the same inputs.
 * @param {{ name: string, print: string, outputs: string[], make: () => void | Promise<void> }} step
 *   `name` of the mark in .build, the fingerprint of the inputs, files that must be there, and how to make them
 * @returns {Promise<boolean>} whether it had to be made
 */
export async function unlessFresh({ name, print, outputs, make }) {
  if (isMarked(name, print) && outputs.every((path) => existsSync(join(ROOT, path)))) return false;
  rmSync(markOf(name), { force: true });
  await make();
  mkdirSync(BUILD, { recursive: true });
  writeFileSync(markOf(name), print);
  return true;
}

/**
 * @param {string} name
 * @param {string} print
 */
function isMarked(name, print) {
  try {
    return readFileSync(markOf(name), 'utf8') === print;
  } catch {
    return false;
  }
}

/** @param {string} name */
const markOf = (name) => join(BUILD, `${name}.fingerprint`);

/**
 * @param {string} path
 * @param {Set<string>} left
 * @returns {Generator<string>}
 */
function* filesBelow(path, left) {
  if (left.has(path)) return;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile()) yield path;
  if (!stat?.isDirectory()) return;
  for (const entry of readdirSync(path).sort()) yield* filesBelow(join(path, entry), left);
}
