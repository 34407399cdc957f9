import { expect, test } from 'vitest';
import { register } from '#tests/support/mikrochat-client';
import { withMikrochatPeople } from '#tests/support/mikrochat-people';

const people = withMikrochatPeople();

test('MK-25 the last administrator stays, also when the last two go at once', async () => {
  const { ann, bob } = people;
  expect(await ann.statusOf('POST', '/users/exit')).toBe(400);
  await ann.call('PUT', `/users/${bob.id}/role`, { role: 'admin' });
  const [one, other] = await Promise.all([
    ann.ask('POST', '/users/exit'),
    bob.ask('POST', '/users/exit', {}),
  ]);
  expect([one.status, other.status].sort()).toEqual([200, 400]);
  const [gone, left] = one.status === 200 ? [one, bob] : [other, ann];
  expect(JSON.parse(gone.text)).toEqual({ success: true, message: 'You have exited the server' });
  expect(await left.statusOf('GET', '/webhooks')).toBe(200);
  const stranger = await register(people.door, 'stranger@example.org');
  expect(await stranger.call('POST', '/users/exit')).toMatchObject({ success: true });
  expect(await stranger.statusOf('GET', '/auth/me')).toBe(401);
});
