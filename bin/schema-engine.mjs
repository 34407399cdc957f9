#!/usr/bin/env node
// Drop-in "schema-engine" executable for the Prisma CLI (PRISMA_SCHEMA_ENGINE_BINARY=./scripts/schema-engine.mjs):
// speaks the CLI's JSON-RPC over stdio and runs the same engine compiled to wasm (@prisma/schema-engine-wasm,
// same engines hash as the CLI) over @prisma/adapter-pg. Nothing is downloaded.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import readline from 'node:readline';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as bg from '@prisma/schema-engine-wasm/schema_engine_bg';

const require = createRequire(import.meta.url);
const HASH = path.basename(path.dirname(require.resolve('@prisma/schema-engine-wasm')));
const argv = process.argv.slice(2);
const log = (level, fields) =>
  process.stderr.write(
    JSON.stringify({ timestamp: new Date().toISOString(), level, fields, target: 'schema_engine::logger' }) +
      '\n',
  );
if (argv.includes('--version')) {
  const v = require(
    path.join(path.dirname(require.resolve('@prisma/schema-engine-wasm')), 'package.json'),
  ).version;
  console.log(`schema-engine-cli ${v.split('.').pop()}`);
  process.exit(0);
}
const all = (f) => argv.flatMap((a, i) => (a === f ? [argv[i + 1]] : []));
const ds = JSON.parse(all('--datasource')[0] ?? '{}');
const datamodels = all('--datamodels').map((f) => [f, fs.readFileSync(f, 'utf8')]);
const wasmFile = path.join(
  path.dirname(require.resolve('@prisma/schema-engine-wasm')),
  'schema_engine_bg.wasm',
);
const { instance } = await WebAssembly.instantiate(fs.readFileSync(wasmFile), {
  './schema_engine_bg.js': bg,
});
bg.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start?.();
class Panic extends Error {}
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message(m) {
    globalThis.__panic = m;
  },
};
// adapter-pg 7.10 has no mapping for pg's internal "char" (oid 18), which the engine's catalog queries return: add it.
function fix(a) {
  const io = a.performIO.bind(a),
    qr = a.queryRaw.bind(a);
  let last;
  a.performIO = async (q) => {
    const r = await io(q);
    const chars = r.fields.map((f) => f.dataTypeID === 18);
    r.fields.forEach((f) => {
      if (f.dataTypeID === 18) f.dataTypeID = 25;
    });
    r.fields.__chars = chars;
    last = chars;
    return r;
  };
  a.queryRaw = async (q) => {
    let chars;
    const r = await qr(q);
    chars = last;
    chars?.forEach((c, i) => {
      if (c) r.columnTypes[i] = ColumnTypeEnum.Character;
    });
    return r;
  };
  const st = a.startTransaction?.bind(a);
  if (st) a.startTransaction = async (i) => fix(await st(i));
  return a;
}
function adapter(url) {
  const schema = url ? (new URL(url).searchParams.get('schema') ?? undefined) : undefined;
  const f = new PrismaPg({ connectionString: url }, schema ? { schema } : undefined);
  // own shadow database: adapter-pg's connectToShadowDb() ignores `database` when given a connectionString
  // (so it would replay migrations on the MAIN database), and drops before closing its pool.
  const c = f.connect.bind(f);
  f.connect = async () => fix(await c());
  f.connectToShadowDb = async () => {
    if (ds.shadowDatabaseUrl) {
      const a = await new PrismaPg({ connectionString: ds.shadowDatabaseUrl }).connect();
      await a.executeScript('DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;');
      return fix(a);
    }
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    const [adm] = admin(url);
    await withPg(adm, (x) => x.query(`CREATE DATABASE "${name}"`));
    const u = new URL(url);
    u.pathname = '/' + name;
    const a = fix(
      await new PrismaPg({ connectionString: u.toString() }, schema ? { schema } : undefined).connect(),
    );
    const d = a.dispose.bind(a);
    a.dispose = async () => {
      await d();
      await withPg(adm, (x) => x.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
    };
    return a;
  };
  return bindMigrationAwareSqlAdapterFactory(f);
}
const admin = (u) => {
  const x = new URL(u);
  const db = decodeURIComponent(x.pathname.slice(1));
  x.pathname = '/postgres';
  x.searchParams.delete('schema');
  return [x.toString(), db];
};
async function withPg(url, fn) {
  const { default: pg } = await import('pg');
  const c = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await c.connect();
  try {
    return await fn(c);
  } finally {
    await c.end().catch(() => {});
  }
}
const pgErr = (e, url) => {
  const u = new URL(url);
  const db = u.pathname.slice(1);
  if (e.code === '3D000') return { error_code: 'P1003', message: `Database \`${db}\` does not exist` };
  if (e.code === '28P01')
    return {
      error_code: 'P1000',
      message: `Authentication failed against database server at \`${u.hostname}\``,
    };
  if (['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT'].includes(e.code))
    return {
      error_code: 'P1001',
      message: `Can't reach database server at \`${u.hostname}:${u.port || 5432}\``,
    };
  return { error_code: 'P1010', message: String(e.message ?? e) };
};
const createDb = (url) => {
  const [a, db] = admin(url);
  return withPg(a, (c) => c.query(`CREATE DATABASE ${c.escapeIdentifier(db)}`));
};
if (argv.includes('cli')) {
  const cmd = argv[argv.indexOf('cli') + 1];
  try {
    if (cmd === 'can-connect-to-database') await withPg(ds.url, (c) => c.query('SELECT 1'));
    else if (cmd === 'create-database') await createDb(ds.url);
    else if (cmd === 'drop-database') {
      const [a, db] = admin(ds.url);
      await withPg(a, (c) => c.query(`DROP DATABASE IF EXISTS ${c.escapeIdentifier(db)} WITH (FORCE)`));
    }
    process.exit(0);
  } catch (e) {
    log('INFO', { message: 'start' });
    log('ERROR', { ...pgErr(e, ds.url), is_panic: false });
    process.exit(1);
  }
}
let engine;
const get = async () =>
  (engine ??= await bg.SchemaEngine.new(
    { datamodels: datamodels.length ? datamodels : undefined },
    (l) => {
      if (process.env.DEBUG) process.stderr.write(l + '\n');
    },
    adapter(ds.url),
  ));
let q = Promise.resolve(),
  nid = 1e6;
const out = (o) => process.stdout.write(JSON.stringify(o) + '\n');
async function handle({ id, method, params }) {
  try {
    let result;
    if (method === 'createDatabase') {
      await createDb(ds.url);
      result = { databaseName: admin(ds.url)[1] };
    } else if (method === 'getDatabaseVersion') result = await (await get()).version(params);
    else if (method === 'dbExecute') {
      const url = params.datasourceType?.url ?? ds.url;
      await withPg(url, (c) => c.query(params.script));
      result = null;
    } else if (method === 'diff') {
      const r = await (await get()).diff({
        exitCode: null,
        filters: { externalTables: [], externalEnums: [] },
        ...params,
      });
      if (r.stdout != null)
        out({ jsonrpc: '2.0', id: nid++, method: 'print', params: { content: r.stdout } });
      result = { exitCode: r.exitCode, stdout: null };
    } else result = (await (await get())[method](params)) ?? {};
    out({ jsonrpc: '2.0', id, result });
  } catch (e) {
    if (process.env.DEBUG) process.stderr.write(String(e?.stack) + '\n');
    const panic = globalThis.__panic;
    const code = e?.code,
      msg = panic ?? e?.message ?? String(e);
    out({
      jsonrpc: '2.0',
      id,
      error: {
        code: 4466,
        message: 'An error happened. Check the data field for details.',
        data: { is_panic: !!panic, message: msg, error_code: code, meta: e?.meta ?? null },
      },
    });
  }
}
const rl = readline.createInterface({ input: process.stdin });
rl.on('line', (l) => {
  if (!l.trim()) return;
  const m = JSON.parse(l);
  if (!m.method) return;
  q = q.then(() => handle(m));
});
rl.on('close', () => q.then(() => process.exit(0)));
