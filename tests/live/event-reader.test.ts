import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventReader } from '#server/live/event-reader';
import { env } from '#server/platform/env';

const clients: pg.Client[] = [];
let reader: EventReader;

/** Somebody who writes events in a transaction of their own. */
class Writer {
  constructor(private readonly client: pg.Client) {}

  static async begin(): Promise<Writer> {
    const client = new pg.Client({ connectionString: env().DATABASE_URL });
    await client.connect();
    clients.push(client);
    await client.query('BEGIN');
    return new Writer(client);
  }

  async write(): Promise<number> {
    const { rows } = await this.client.query<{ id: string }>(
      `INSERT INTO event (type, payload, created_at) VALUES ('account_created', '{"accountId": 1}', 1) RETURNING id`,
    );
    return Number(rows[0]?.id);
  }

  async commit(): Promise<void> {
    await this.client.query('COMMIT');
  }

  async rollback(): Promise<void> {
    await this.client.query('ROLLBACK');
  }

  async query(text: string): Promise<void> {
    await this.client.query(text);
  }
}

async function writeAlone(): Promise<number> {
  const writer = await Writer.begin();
  const id = await writer.write();
  await writer.commit();
  return id;
}

const briefly = () => delay(2);

async function read(): Promise<number[]> {
  const { events } = await reader.read();
  return events.map(({ id }) => id);
}

/** Reads until nothing has come for a while. */
async function readAll(quietMs = 60): Promise<number[]> {
  const ids: number[] = [];
  for (let quietSince = performance.now(); performance.now() - quietSince < quietMs; ) {
    const more = await read();
    if (more.length > 0) quietSince = performance.now();
    ids.push(...more);
    await briefly();
  }
  return ids;
}

beforeEach(async () => {
  reader = new EventReader();
  await reader.start(briefly);
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()));
});

describe('reading the event log', () => {
  it('holds back what was committed after a number that is still being written', async () => {
    const slow = await Writer.begin();
    const first = await slow.write();
    const second = await writeAlone();
    expect(await readAll()).toEqual([]);

    await slow.commit();
    expect(await readAll()).toEqual([first, second]);
  });

  it('delivers what lies before the missing number at once', async () => {
    const before = await writeAlone();
    const slow = await Writer.begin();
    const missing = await slow.write();
    const after = await writeAlone();
    expect(await read()).toEqual([before]);

    await slow.commit();
    expect(await readAll()).toEqual([missing, after]);
  });

  it('passes a number by once its transaction was rolled back', async () => {
    const failing = await Writer.begin();
    await failing.write();
    const second = await writeAlone();
    expect(await readAll()).toEqual([]);

    await failing.rollback();
    expect(await readAll()).toEqual([second]);
  });

  it('passes a number by that only a savepoint drew', async () => {
    const wavering = await Writer.begin();
    await wavering.query('SAVEPOINT maybe');
    await wavering.write();
    await wavering.query('ROLLBACK TO SAVEPOINT maybe');
    const kept = await wavering.write();
    await wavering.commit();
    expect(await readAll()).toEqual([kept]);
  });

  it('waits for a transaction that got its own id long before others, and its number after them', async () => {
    const early = await Writer.begin();
    await early.query('SELECT pg_current_xact_id()');
    const late = await Writer.begin();
    await late.query('SELECT pg_current_xact_id()');
    const first = await late.write();
    const second = await early.write();
    await early.commit();
    expect(await readAll()).toEqual([]);

    await late.commit();
    expect(await readAll()).toEqual([first, second]);
  });

  it('is not held up by long transactions that write no events', async () => {
    const unrelated = await Writer.begin();
    await unrelated.query('CREATE TEMPORARY TABLE something (id int)');
    const failing = await Writer.begin();
    await failing.write();
    await failing.rollback();
    const id = await writeAlone();
    expect(await readAll()).toEqual([id]);
  });

  it('waits only for those who were writing when the gap was seen, not for those who came later', async () => {
    const failing = await Writer.begin();
    await failing.write();
    const second = await writeAlone();
    expect(await readAll()).toEqual([]);
    const later = await Writer.begin();
    const open = await later.write();
    await failing.rollback();
    expect(await readAll()).toEqual([second]);

    await later.commit();
    expect(await readAll()).toEqual([open]);
  });

  it('begins behind the newest event only when no smaller one can appear any more', async () => {
    const slow = await Writer.begin();
    await slow.write();
    const newest = await writeAlone();
    const fresh = new EventReader();
    let started = false;
    const starting = fresh.start(briefly).then(() => {
      started = true;
    });
    await delay(50);
    expect(started).toBe(false);

    await slow.commit();
    await starting;
    expect(fresh.position).toBe(newest);
  });

  it('neither skips, doubles nor reorders anything that many writers commit, hold open and roll back', async () => {
    const committed: number[] = [];
    let writing = true;
    const work = async (seed: number) => {
      let state = seed;
      const random = () => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        return state / 2_147_483_648;
      };
      const client = new pg.Client({ connectionString: env().DATABASE_URL });
      await client.connect();
      clients.push(client);
      const writer = new Writer(client);
      for (let turn = 0; turn < 60; turn++) {
        await writer.query('BEGIN');
        if (random() < 0.3) await writer.query('SELECT pg_current_xact_id()');
        const ids: number[] = [];
        for (let count = 1 + Math.floor(random() * 3); count > 0; count--) {
          ids.push(await writer.write());
          if (random() < 0.2) await delay(random() * 20);
        }
        if (random() < 0.25) await writer.rollback();
        else {
          await writer.commit();
          committed.push(...ids);
        }
      }
    };
    const seen: number[] = [];
    const reading = (async () => {
      while (writing) {
        seen.push(...(await read()));
        await delay(1);
      }
      seen.push(...(await readAll()));
    })();
    await Promise.all(Array.from({ length: 12 }, (_, seed) => work(seed + 1)));
    writing = false;
    await reading;

    expect(committed.length).toBeGreaterThan(500);
    expect(seen).toEqual(committed.sort((a, b) => a - b));
  });

  it('draws its numbers one by one: a sequence that hands out stocks of them would break the order', async () => {
    const client = new pg.Client({ connectionString: env().DATABASE_URL });
    await client.connect();
    clients.push(client);
    const { rows } = await client.query(
      `SELECT seqcache FROM pg_sequence WHERE seqrelid = 'event_id_seq'::regclass`,
    );
    expect(rows).toEqual([{ seqcache: '1' }]);
  });
});
