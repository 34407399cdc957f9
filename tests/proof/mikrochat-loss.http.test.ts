// Many write at once through the MikroChat API, and everybody who listens gets everything once and in one order,
// those as well whose connection breaks.
import { afterAll, expect, test } from 'vitest';
import { type MikrochatClient, type MikroMessage, register } from '#tests/support/mikrochat-client';
import { MikrochatStream } from '#tests/support/mikrochat-stream';
import { withOwnServer } from '#tests/support/own-server';

const SENDERS = 16;
const EACH = 125;
const STREAMS = 8;
const BREAKING = 2;
const PATIENCE = { timeout: 20_000, interval: 50 };

const server = withOwnServer();
const open: MikrochatStream[] = [];
afterAll(() => {
  for (const { follower } of open) follower.close();
});

async function gather(stem: string): Promise<[MikrochatClient, ...MikrochatClient[]]> {
  const people = await Promise.all(
    Array.from({ length: SENDERS }, (_, index) => register(server.door, `${stem}${index}@loss.example`)),
  );
  return people as [MikrochatClient, ...MikrochatClient[]];
}

async function listen(people: MikrochatClient[]): Promise<MikrochatStream[]> {
  const streams = people.map((client) => new MikrochatStream(client));
  open.push(...streams);
  await expect.poll(() => streams.every((stream) => stream.events.length > 0), PATIENCE).toBe(true);
  return streams;
}

/** Breaks the connections of some while others write, until told to stop. */
function breakAgainAndAgain(streams: MikrochatStream[]): () => void {
  const timer = setInterval(() => {
    for (const { follower } of streams) follower.drop();
  }, 400);
  return () => clearInterval(timer);
}

async function everythingIn(reader: MikrochatClient, place: string): Promise<MikroMessage[]> {
  const pages: MikroMessage[][] = [];
  for (let before = ''; ; ) {
    const page = await reader.messages(place, `?limit=200${before && `&before=${before}`}`);
    if (page.length === 0) return pages.flat();
    pages.unshift(page);
    before = page[0]?.id ?? '';
  }
}

test(`${SENDERS} × ${EACH} messages reach ${STREAMS} streams and ${BREAKING} that break, once, in one order`, async () => {
  const people = await gather('plain');
  const place = await people[0].channelNamed('general');
  const streams = await listen(people.slice(0, STREAMS + BREAKING));
  const breaking = streams.slice(STREAMS);
  const stop = breakAgainAndAgain(breaking);
  await Promise.all(
    people.map(async (writer, index) => {
      for (let count = 0; count < EACH; count++) await writer.say(place, `${index} ${count}`);
    }),
  );
  stop();
  const stored = await everythingIn(people[0], place);
  expect(stored).toHaveLength(SENDERS * EACH);
  expect(new Set(stored.map(({ content }) => content)).size).toBe(SENDERS * EACH);
  const last = stored.at(-1)?.id;
  await expect
    .poll(() => streams.every((stream) => stream.sent(place).some(({ id }) => id === last)), PATIENCE)
    .toBe(true);
  for (const stream of streams) expect(stream.sent(place)).toEqual(stored);
  for (const { follower } of breaking) expect(follower.connections).toBeGreaterThan(1);
  for (const [index] of people.entries()) {
    const own = stored.filter(({ content }) => content.startsWith(`${index} `));
    expect(own.map(({ content }) => content)).toEqual(
      Array.from({ length: EACH }, (_, count) => `${index} ${count}`),
    );
  }
});

test('and so do edits, deletions, reactions and replies in between', async () => {
  const people = await gather('mixed');
  const place = await people[0].channelNamed('software');
  const streams = await listen(people.slice(0, STREAMS + BREAKING));
  const stop = breakAgainAndAgain(streams.slice(STREAMS));
  const expected = { edited: 0, deleted: 0, reacted: 0, replied: 0 };
  await Promise.all(
    people.map(async (writer, index) => {
      const neighbour = people[(index + 1) % SENDERS] as MikrochatClient;
      for (let count = 0; count < 12; count++) {
        const { id } = await writer.say(place, `${index} ${count}`);
        await neighbour.call('POST', `/messages/${id}/reactions`, { reaction: '👍' });
        expected.reacted++;
        if (count % 2) {
          await writer.call('PUT', `/messages/${id}`, { content: 'better' });
          expected.edited++;
        }
        if (count % 3 === 0) {
          await neighbour.reply(id, `reply to ${index} ${count}`);
          expected.replied++;
        }
        if (count % 4 === 0) {
          await writer.call('DELETE', `/messages/${id}`);
          expected.deleted++;
        }
      }
    }),
  );
  stop();
  const end = await people[0].say(place, 'the end');
  await expect
    .poll(() => streams.every((stream) => stream.sent(place).some(({ id }) => id === end.id)), PATIENCE)
    .toBe(true);
  for (const stream of streams) {
    const count = (type: string) =>
      stream.ofType<{ channelId?: string }>(type).filter(({ channelId }) => (channelId ?? place) === place)
        .length;
    expect({
      edited: count('UPDATE_MESSAGE'),
      deleted: count('DELETE_MESSAGE'),
      reacted: count('NEW_REACTION'),
      replied: count('NEW_THREAD_REPLY'),
    }).toEqual(expected);
    expect(stream.sent(place).map(({ id }) => id)).toEqual(streams[0]?.sent(place).map(({ id }) => id));
    // of one event there is one frame, whoever it goes to and however often they come back
    const frames = stream.events.filter(({ id, type }) => id !== '' && type !== 'CONNECTED');
    expect(
      new Set(frames.map(({ id, type, payload }) => `${id} ${type} ${JSON.stringify(payload)}`)).size,
    ).toBe(frames.length);
  }
  const stored = await everythingIn(people[0], place);
  expect(stored).toHaveLength(SENDERS * 12 + 1 - expected.deleted);
});
