import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { renameServer } from '#server/domain/server/rename-server';
import { serverName } from '#server/domain/server/server-name';
import { eventsOf } from '#tests/support/events';
import { newcomers } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';

let owner: Actor;
let alice: Actor;

beforeAll(async () => {
  [owner, alice] = await newcomers('owner', 'alice');
});

it('a server has no name until an administrator gives it one, and everybody hears of it', async () => {
  expect(await serverName()).toBeNull();
  const events = await eventsOf(async () => {
    expect(await renameServer(owner, '  Lighthouse ')).toBe('Lighthouse');
  });
  expect(events).toEqual([{ type: 'server_changed', audience: 'everyone', payload: { name: 'Lighthouse' } }]);
  expect(await serverName()).toBe('Lighthouse');
});

it('MK-62 a member may not rename it, and nobody to nothing, to markup or to a novel', async () => {
  expect(await refusalOf(renameServer(alice, 'Mine'))).toBe('forbidden/not_an_administrator');
  expect(await refusalOf(renameServer(alice, ''))).toBe('forbidden/not_an_administrator');
  for (const name of ['', ' \n', '<script>', 'a\u001bb', 'x'.repeat(101)]) {
    expect(await refusalOf(renameServer(owner, name))).toBe('invalid/server_name');
  }
  expect(await serverName()).toBe('Lighthouse');
});
