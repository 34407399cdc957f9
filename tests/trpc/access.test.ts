import type { AnyTRPCProcedure } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeHub } from '#server/live/hub';
import { appRouter, createCaller } from '#server/trpc/root';
import type { Door } from '#tests/support/door';
import { errorOf, mutate, openDoors, query } from '#tests/trpc/doors';

/** What a visitor may ask. Everything else needs a session; whoever adds a line here says why. */
const OPEN = new Map([
  ['session.current', 'a page asks it whether anybody is signed in'],
  ['session.ways', 'the login page asks it what to offer; the APIs tell the same to anybody'],
]);

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>);
let doors: Door[];

beforeAll(async () => {
  doors = await openDoors();
});

afterAll(async () => {
  await Promise.all(doors.map((door) => door.close()));
  await closeHub();
});

describe('a visitor', () => {
  it('is refused by every procedure that is not listed as open', async () => {
    expect(procedures.length).toBeGreaterThan(35);
    for (const door of doors) {
      for (const [path, { _def }] of procedures) {
        if (OPEN.has(path) || _def.type === 'subscription') continue;
        const answer = await (_def.type === 'query' ? query : mutate)(door, path);
        expect([path, door.name, answer.status]).toEqual([path, door.name, 401]);
        expect(errorOf(answer).data).toMatchObject({
          code: 'UNAUTHORIZED',
          failure: { kind: 'unauthenticated', reason: 'signed_out', detail: {} },
        });
      }
    }
  });

  it('is refused by the stream, in the words that end the subscription', async () => {
    for (const door of doors) {
      const { text } = await query(door, 'live.events');
      expect(text).toContain('event: serialized-error');
      expect(text).toContain('UNAUTHORIZED');
    }
  });

  it('learns nothing about inputs: they are looked at only after the session', async () => {
    const visitor = createCaller({ actor: null, requestId: 'test' });
    await expect(visitor.messages.get({ messageId: -1 })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('may ask what is open', async () => {
    const visitor = createCaller({ actor: null, requestId: 'test' });
    expect(await visitor.session.current()).toBeNull();
    const known = procedures.map(([path]) => path);
    expect(known).toEqual(expect.arrayContaining([...OPEN.keys()]));
  });
});
