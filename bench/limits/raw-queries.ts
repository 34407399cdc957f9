// What Postgres gives a program that does nothing else: prints one JSON line with rates per second.
import pg from 'pg';

const SECONDS = 3;
const BATCH = 50;
const TEXT = 'the build is green again, shipping the release now';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 });
await pool.query(`
  CREATE TABLE IF NOT EXISTS bench_limit (
    id BIGSERIAL PRIMARY KEY, place BIGINT NOT NULL, seq INTEGER NOT NULL, text TEXT NOT NULL, at BIGINT NOT NULL);
  CREATE INDEX IF NOT EXISTS bench_limit_place ON bench_limit (place, seq DESC)`);

const one = `INSERT INTO bench_limit (place, seq, text, at) VALUES (1, 1, '${TEXT}', 1)`;
const many = `INSERT INTO bench_limit (place, seq, text, at) SELECT 1, n, '${TEXT}', 1 FROM generate_series(1, ${BATCH}) n`;
const latest = `SELECT json_agg(m) FROM (SELECT * FROM bench_limit WHERE place = 1 ORDER BY seq DESC LIMIT 50) m`;

const rates = {
  insert: await rate('bench.one', one, 16),
  insertBatched: (await rate('bench.many', many, 2)) * BATCH,
  latest: await rate('bench.latest', latest, 16),
};
await pool.query('DROP TABLE bench_limit');
await pool.end();
process.stdout.write(`${JSON.stringify(rates)}\n`);

/** How often a second a prepared statement is answered, with so many asking at once. */
async function rate(name: string, text: string, clients: number): Promise<number> {
  let answered = 0;
  let running = true;
  const worker = async () => {
    while (running) {
      await pool.query({ name, text });
      answered++;
    }
  };
  const workers = Array.from({ length: clients }, worker);
  await new Promise((resolve) => setTimeout(resolve, 500));
  answered = 0;
  const began = performance.now();
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000));
  const perSecond = answered / ((performance.now() - began) / 1_000);
  running = false;
  await Promise.all(workers);
  return Math.round(perSecond);
}
