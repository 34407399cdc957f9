import { describe, expect, test } from 'vitest';
import { REACTIONS } from '#server/dialects/minimost/reactions';
import { withPeople } from '#tests/support/minimost-people';

const people = withPeople();

describe('reacting', () => {
  test('MM-58 knows every documented name and no other', async () => {
    const { id } = await people.alice.say('general', 'react to this');
    for (const reaction of REACTIONS.keys()) {
      const answer = await people.bob.post(`/react/${id}`, { reaction });
      expect(answer.status, reaction).toBe(200);
    }
    const map = JSON.parse((await people.alice.message('general', id)).reactions ?? '');
    expect(Object.keys(map).sort()).toEqual([...REACTIONS.keys()].sort());
    for (const reaction of [
      'thumbs_up',
      '',
      '👍',
      'Thumbsup',
      'constructor',
      '__proto__',
      'thumbsup heart',
    ]) {
      const answer = await people.bob.post(`/react/${id}`, { reaction });
      expect([answer.status, answer.text], reaction).toEqual([400, 'invalid reaction']);
    }
    expect((await people.bob.post(`/react/${id}`)).text).toBe('invalid reaction');
    expect((await people.bob.post('/react/999999', { reaction: 'thumbs_up' })).status).toBe(400);
  });

  test('MM-59 twice is not at all', async () => {
    const { id } = await people.alice.say('general', 'toggle');
    const react = async (person: typeof people.alice, reaction: string) =>
      JSON.parse((await person.post(`/react/${id}`, { reaction })).text);
    expect(await react(people.bob, ' thumbsup ')).toEqual({ thumbsup: ['bob'] });
    expect(await react(people.alice, 'thumbsup')).toEqual({ thumbsup: ['alice', 'bob'] });
    expect(await react(people.alice, 'heart')).toEqual({ thumbsup: ['alice', 'bob'], heart: ['alice'] });
    expect(await react(people.alice, 'heart')).toEqual({ thumbsup: ['alice', 'bob'] });
    expect(await react(people.alice, 'thumbsup')).toEqual({ thumbsup: ['bob'] });
    expect(await react(people.bob, 'thumbsup')).toEqual({});
    expect(await people.alice.message('general', id)).toMatchObject({
      reactions: null,
      reactions_ts: expect.any(Number),
    });
  });

  test('MM-59 many identical toggles at once leave at most one', async () => {
    const { id } = await people.alice.say('general', 'race');
    const answers = await Promise.all(
      Array.from({ length: 9 }, () => people.bob.post(`/react/${id}`, { reaction: 'fire' })),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(9).fill(200));
    expect((await people.alice.message('general', id)).reactions).toBe('{"fire":["bob"]}');
  });

  test('MM-60 needs a live message that I can read', async () => {
    const direct = await people.alice.say('dm:alice:bob', 'between us');
    const gone = await people.alice.say('general', 'gone');
    await people.alice.post(`/delete/${gone.id}`);
    for (const [person, id] of [
      [people.carol, direct.id],
      [people.bob, gone.id],
      [people.bob, 999_999],
    ] as const) {
      const answer = await person.post(`/react/${id}`, { reaction: 'fire' });
      expect([answer.status, answer.text]).toEqual([404, 'not found']);
    }
    const notice = (await people.alice.messages('general')).find((row) => row.sender === 'system');
    expect((await people.bob.post(`/react/${notice?.id}`, { reaction: 'wave' })).status).toBe(200);
    expect(await people.carol.read('/channel_unreads')).toMatchObject({ software: 0 });
  });
});
