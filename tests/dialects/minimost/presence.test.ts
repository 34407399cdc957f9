import { afterEach, describe, expect, test } from 'vitest';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { MinimostClient, signUp } from '#tests/support/minimost-client';
import { withPeople } from '#tests/support/minimost-people';

const people = withPeople();
const SECOND = 1_000_000;

afterEach(releaseClock);

const states = () => people.alice.read<Record<string, string>>('/online_users');

describe('presence', () => {
  test('MM-61 keeps the four states and ignores everything else', async () => {
    for (const state of ['idle', 'hidden', 'offline', 'active']) {
      const answer = await people.bob.postJson('/presence', { state });
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect((await states()).bob).toBe(state);
    }
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '"idle"',
      '{"state":"asleep"}',
      '{"state":null}',
      '{"state":["idle"]}',
      '{}',
    ]) {
      expect((await people.bob.postJson('/presence', body)).status, body).toBe(204);
    }
    expect((await people.bob.post('/presence', { state: 'idle' })).status).toBe(204);
    expect((await states()).bob).toBe('active');
  });

  test('MM-62 forgets people after an hour, and an ignored report does not bring them back', async () => {
    holdClock();
    await people.bob.postJson('/presence', { state: 'idle' });
    advanceClock(3600 * SECOND);
    expect((await states()).bob).toBe('idle');
    advanceClock(1);
    await people.bob.postJson('/presence', { state: 'asleep' });
    expect(await states()).not.toHaveProperty('bob');
  });

  test('a status chosen by hand wins until logout', async () => {
    const client = await signUp(people.door, 'chooser');
    const choose = (override: unknown) => client.postJson('/presence/override', { override });
    expect(await client.read('/presence/override')).toEqual({ override: null });
    expect(JSON.parse((await choose('idle')).text)).toEqual({ override: 'idle' });
    await client.postJson('/presence', { state: 'active' });
    expect((await states()).chooser).toBe('idle');
    for (const wrong of ['asleep', 'hidden', 5, undefined]) expect((await choose(wrong)).status).toBe(400);
    await choose(null);
    expect((await states()).chooser).toBe('active');
    await choose('idle');
    await client.get('/logout');
    expect((await states()).chooser).toBe('offline');
  });
});

describe('typing', () => {
  test('MM-63 is always 204, and noted only from those who are there', async () => {
    const visitor = new MinimostClient(people.door);
    for (const [person, channel] of [
      [visitor, 'general'],
      [visitor, 'dm:alice:bob'],
      [people.carol, 'dm:alice:bob'],
      [people.carol, 'private:1'],
      [people.carol, 'nowhere'],
      [people.carol, 'dm:carol:nobody'],
    ] as const) {
      const answer = await person.post(`/typing/${channel}`);
      expect([answer.status, answer.text], channel).toEqual([204, '']);
    }
    expect(await people.alice.read('/typing/general')).toEqual([]);
    expect(await people.alice.read('/typing/dm:alice:bob')).toEqual([]);
    await people.carol.post('/typing/general');
    expect(await people.alice.read('/typing/general')).toEqual(['carol']);
  });

  test('MM-64 shows others for about five seconds, and never me', async () => {
    holdClock();
    await people.bob.post('/typing/software');
    expect(await people.alice.read('/typing/software')).toEqual(['bob']);
    expect(await people.bob.read('/typing/software')).toEqual([]);
    expect(await people.alice.read('/typing/firmware')).toEqual([]);
    advanceClock(4.9 * SECOND);
    expect(await people.alice.read('/typing/software')).toEqual(['bob']);
    advanceClock(1.2 * SECOND);
    expect(await people.alice.read('/typing/software')).toEqual([]);
    expect(await people.alice.read('/typing/dm:bob:carol')).toEqual([]);
    expect(await people.alice.read('/typing/nowhere')).toEqual([]);
  });

  test('moves with whoever types', async () => {
    await people.alice.say('dm:alice:bob', 'open it');
    await people.bob.post('/typing/dm:bob:alice');
    expect(await people.alice.read('/typing/dm:alice:bob')).toEqual(['bob']);
  });
});
