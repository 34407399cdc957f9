import { afterAll, beforeAll, vi } from 'vitest';
import { syncPublicChannels } from '#server/domain/channels/sync-public-channels';
import { settings } from '#server/platform/settings';
import { type Door, openMainDoor } from '#tests/support/door';
import { type MikrochatClient, register } from '#tests/support/mikrochat-client';

/** Filled before the first test of a file. `ann` owns the server; `general` is the id of its first channel. */
export type MikrochatPeople = {
  door: Door;
  ann: MikrochatClient;
  bob: MikrochatClient;
  cat: MikrochatClient;
  general: string;
};

/**
 * Makes accounts for ann, bob and cat on a fresh server for a test file. Each test is to make what it counts: the file's
 * database is shared.
 */
export function withMikrochatPeople(): MikrochatPeople {
  // hundreds of requests to a test, on a machine that may be busy with all the others
  vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });
  const people = {} as MikrochatPeople;
  beforeAll(async () => {
    settings().server.rateLimit.enabled = false;
    await syncPublicChannels();
    people.door = await openMainDoor();
    people.ann = await register(people.door, 'ann@example.org');
    people.bob = await register(people.door, 'bob@example.org');
    people.cat = await register(people.door, 'cat@example.org');
    people.general = await people.ann.channelNamed('General');
  });
  afterAll(() => people.door?.close());
  return people;
}

let made = 0;

/** A channel that nobody has written in yet; returns its id. */
export async function newChannel({ ann }: MikrochatPeople): Promise<string> {
  const name = `room ${++made}`;
  const { channel } = await ann.call<{ channel: { id: string } }>('POST', '/channels', { name });
  return channel.id;
}
