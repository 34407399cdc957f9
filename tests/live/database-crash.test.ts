// Postgres dies under the hub, by SIGKILL, more than once. It is one of the test's own, because the others need theirs.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { launchPostgres, type OwnPostgres } from '#server/platform/postgres/launch';

const home = mkdtempSync(join(tmpdir(), `parley-test-${process.pid}-`));
let postgres: OwnPostgres;

beforeAll(async () => {
  postgres = await launchPostgres({ home });
  await migrate(postgres.url('postgres'));
  // Before anything that reads the environment is imported.
  process.env.DATABASE_URL = postgres.url('postgres');
  postgres.supervise(() => {});
});

afterAll(async () => {
  const { closeHub } = await import('#server/live/hub');
  await closeHub();
  const { pool } = await import('#server/platform/database');
  pool.on('error', () => {});
  await postgres.stop();
  rmSync(home, { recursive: true, force: true });
  if (postgres.home !== home) rmSync(postgres.home, { recursive: true, force: true });
});

it('goes on where it was, and delivers every acknowledged message once and in order', async () => {
  const { gatherCast } = await import('#tests/support/cast');
  const { Listening, withSession } = await import('#tests/support/listening');
  const { sendMessage } = await import('#server/domain/messages/send-message');
  const { livePosition } = await import('#server/live/hub');
  const { prisma } = await import('#server/platform/database');
  const cast = await gatherCast();
  const begin = await livePosition();
  const bob = new Listening(await withSession(cast.bob), { after: begin });

  const acknowledged: string[] = [];
  let sending = true;
  /** Sends one after the other; what fails is sent again under the same key, as clients do. */
  const keepSending = async (actor: Actor) => {
    for (let count = 0; sending; count++) {
      const text = `${actor.username} ${count}`;
      while (!(await trySend(actor, text))) await delay(20);
      acknowledged.push(text);
    }
  };
  const trySend = async (actor: Actor, text: string): Promise<boolean> => {
    try {
      await sendMessage(actor, { conversationId: cast.secret, entries: [{ text }], clientKey: text });
      return true;
    } catch {
      return false;
    }
  };
  const senders = [cast.alice, cast.carol, cast.bob].map(keepSending);

  for (let crash = 0; crash < 3; crash++) {
    await delay(400);
    process.kill(postgres.pid, 'SIGKILL');
    const sent = acknowledged.length;
    await bob.until(() => acknowledged.length > sent + 5, 20_000);
  }
  sending = false;
  await Promise.all(senders);
  await bob.until(({ texts }) => texts.includes(acknowledged.at(-1) as string), 10_000);
  await bob.until(({ texts }) => texts.length >= acknowledged.length, 10_000);

  expect(acknowledged.length).toBeGreaterThan(30);
  expect([...bob.texts].sort()).toEqual([...acknowledged].sort());
  const stored = await prisma.event.findMany({ where: { id: { gt: begin } }, orderBy: { id: 'asc' } });
  expect(bob.ids).toEqual(stored.map(({ id }) => Number(id)));
  expect(bob.ended).toBeNull();
}, 90_000);

async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const folder of readdirSync('prisma/migrations').sort()) {
    if (folder.endsWith('.toml')) continue;
    await client.query(readFileSync(join('prisma/migrations', folder, 'migration.sql'), 'utf8'));
  }
  await client.end();
}
