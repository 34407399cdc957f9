#!/usr/bin/env node
// A schema engine for the Prisma CLI (PRISMA_SCHEMA_ENGINE_BINARY) that needs no download: the same engine, compiled
// to WebAssembly and shipped on npm, over the same Postgres driver that the server uses. Speaks what the native
// program speaks: JSON-RPC on standard input and output, and three sub-commands.
import { readFileSync } from 'node:fs';
import { runCommand } from './schema-engine/commands.mjs';
import { engineVersion } from './schema-engine/engine.mjs';
import { serveRpc } from './schema-engine/rpc.mjs';

const args = process.argv.slice(2);
const valuesOf = (/** @type {string} */ flag) =>
  args.flatMap((arg, index) => (arg === flag ? [args[index + 1] ?? ''] : []));

const datasource = JSON.parse(valuesOf('--datasource')[0] ?? '{}');

if (args.includes('--version')) {
  console.log(`schema-engine-cli ${engineVersion()}`);
} else if (args.includes('cli')) {
  process.exitCode = await runCommand(args[args.indexOf('cli') + 1] ?? '', datasource.url);
} else {
  const schemaFiles = valuesOf('--datamodels').map((file) => [file, readFileSync(file, 'utf8')]);
  await serveRpc(datasource, schemaFiles);
}
