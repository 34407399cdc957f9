import { afterAll, beforeAll, vi } from 'vitest';
import { syncPublicChannels } from '#server/domain/channels/sync-public-channels';
import { type Door, openMainDoor } from '#tests/support/door';
import { type MinimostClient, signUp } from '#tests/support/minimost-client';

/** Filled before the first test of a file. */
export type People = { door: Door; alice: MinimostClient; bob: MinimostClient; carol: MinimostClient };

/**
 * Signs up alice, bob and carol on a fresh server for a test file. Each test is to say what it needs in a channel of
 * its own or to compare with before: the file's database is shared.
 */
export function withPeople(): People {
  // hundreds of requests to a test, on a machine that may be busy with all the others
  vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });
  const people = {} as People;
  beforeAll(async () => {
    await syncPublicChannels();
    people.door = await openMainDoor();
    people.alice = await signUp(people.door, 'alice');
    people.bob = await signUp(people.door, 'bob');
    people.carol = await signUp(people.door, 'carol');
  });
  afterAll(() => people.door?.close());
  return people;
}
