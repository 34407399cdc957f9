import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limitChannels } from '#server/domain/retention/limit-channels';
import { closeHub, livePosition } from '#server/live/hub';
import { now } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { settings } from '#server/platform/settings';
import { newChannel, withMikrochatPeople } from '#tests/support/mikrochat-people';
import { MikrochatStream } from '#tests/support/mikrochat-stream';

const people = withMikrochatPeople();
const DAY = 24 * 3_600_000_000;

beforeAll(() => livePosition());
afterAll(closeHub);

test('MK-77 what is too old or too much goes from channels, replies along, each told; conversations stay', async () => {
  const { ann, bob } = people;
  const channel = await newChannel(people);
  const old = await bob.say(channel, 'old');
  const reply = await ann.reply(old.id, 'late reply');
  const kept = [];
  const surplus = await bob.say(channel, 'surplus');
  for (let number = 0; number < 3; number++) kept.push((await bob.say(channel, `kept ${number}`)).id);
  const dm = await bob.converse(ann.id);
  const direct = await bob.say(dm, 'old as well');
  const createdAt = now() - 40 * DAY;
  await prisma.message.updateMany({
    where: { id: { in: [old.id, direct.id].map(Number) } },
    data: { createdAt },
  });

  const stream = new MikrochatStream(ann);
  const until = async (holds: () => boolean) => {
    for (const began = performance.now(); !holds(); await delay(5)) {
      if (performance.now() - began > 15_000) throw new Error('waited in vain');
    }
  };
  await until(() => stream.events.length > 0);
  Object.assign(settings().chat, { messageRetentionDays: 30, maxMessagesPerChannel: 3 });
  await limitChannels();
  const deleted = () => stream.ofType('DELETE_MESSAGE').filter(({ channelId }) => channelId === channel);
  await until(() => deleted().length >= 2);
  const last = await bob.say(people.general, 'the end');
  await until(() => stream.sent(people.general).some(({ id }) => id === last.id));
  expect(deleted()).toEqual([
    { id: old.id, channelId: channel },
    { id: surplus.id, channelId: channel },
  ]);
  expect((await bob.messages(channel)).map(({ id }) => id)).toEqual(kept);
  expect(await ann.statusOf('PUT', `/messages/${reply.id}`, { content: 'x' })).toBe(404);
  expect((await bob.messages(dm)).map(({ id }) => id)).toEqual([direct.id]);
  stream.follower.close();
});
