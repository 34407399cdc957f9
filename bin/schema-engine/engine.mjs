import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { adapterFor } from './adapter.mjs';

const FOLDER = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));

/** @type {string | null} */
let lastPanic = null;

/** The commit of Prisma's engines that this one was built from. */
export function engineVersion() {
  const { version } = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8'));
  return version.split('.').at(-1);
}

/** What the engine said when it last panicked; null if it never did. */
export function panicMessage() {
  return lastPanic;
}

/**
 * Loads the engine for one database.
 * @param {{ url: string, shadowDatabaseUrl?: string }} datasource
 * @param {string[][]} schemaFiles pairs of path and content
 */
export async function openEngine(datasource, schemaFiles) {
  const module = readFileSync(join(FOLDER, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(module, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  // where the engine leaves its last words; the name is the engine's
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message(/** @type {string} */ message) {
      lastPanic = message;
    },
  };
  const log = (/** @type {string} */ line) => {
    if (process.env.DEBUG) process.stderr.write(`${line}\n`);
  };
  const options = schemaFiles.length > 0 ? { datamodels: schemaFiles } : {};
  return bindings.SchemaEngine.new(options, log, adapterFor(datasource));
}
