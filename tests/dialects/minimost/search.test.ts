import { describe, expect, test } from 'vitest';
import { signUp } from '#tests/support/minimost-client';
import { withPeople } from '#tests/support/minimost-people';

const people = withPeople();
type Hit = { id: number; channel: string; sender: string; content: string; ts: number };

function search(person: typeof people.alice, filters: Record<string, string | number>): Promise<Hit[]> {
  const query = new URLSearchParams(Object.entries(filters).map(([name, value]) => [name, String(value)]));
  return person.read(`/search_messages?${query}`);
}

const contents = async (...asked: Parameters<typeof search>) =>
  (await search(...asked)).map((hit) => hit.content);

describe('search', () => {
  test('MM-52 without a filter finds nothing', async () => {
    await people.alice.say('general', 'something to find');
    for (const filters of [
      {},
      { q: '' },
      { q: '   ' },
      { q: ' ', from: '', channel: ' ', start: 'x', end: 'NaN' },
      { start: '' },
      { other: 'something' },
    ] as Record<string, string>[]) {
      expect(await search(people.alice, filters), JSON.stringify(filters)).toEqual([]);
    }
  });

  test('MM-53 finds literal text in any case, inside words, however short', async () => {
    await people.alice.say('general', 'Überdeployment 100%_sure ZQ');
    await people.alice.say('general', 'decoy 100 x sure');
    for (const q of ['deploy', 'PLOYM', 'üBER', '100%_', '%_s', 'zq', ' zq ']) {
      expect(await contents(people.alice, { q }), q).toEqual(['Überdeployment 100%_sure ZQ']);
    }
    expect(await contents(people.alice, { q: '%' })).toEqual(['Überdeployment 100%_sure ZQ']);
    expect((await contents(people.alice, { q: 'Z' })).length).toBeGreaterThan(0);
    expect(await contents(people.alice, { q: '\\' })).toEqual([]);
    expect(await contents(people.alice, { q: "'; --" })).toEqual([]);
  });

  test('MM-54 combines its filters', async () => {
    const [first, second, third] = [
      await people.alice.say('software', 'combine one'),
      await people.bob.say('software', 'combine two'),
      await people.alice.say('firmware', 'combine three'),
    ] as const;
    expect(await contents(people.carol, { q: 'combine', from: 'ALICE' })).toEqual([
      'combine three',
      'combine one',
    ]);
    expect(await contents(people.carol, { q: 'combine', from: 'ali' })).toEqual([]);
    expect(await contents(people.carol, { q: 'combine', channel: 'software' })).toEqual([
      'combine two',
      'combine one',
    ]);
    expect(await contents(people.carol, { q: 'combine', channel: 'soft' })).toEqual([]);
    expect(await contents(people.carol, { q: 'combine', start: second.ts })).toEqual([
      'combine three',
      'combine two',
    ]);
    expect(await contents(people.carol, { q: 'combine', end: third.ts })).toEqual([
      'combine two',
      'combine one',
    ]);
    expect(
      await contents(people.carol, {
        q: 'combine',
        from: 'alice',
        channel: 'software',
        start: first.ts,
        end: second.ts,
      }),
    ).toEqual(['combine one']);
    expect(await contents(people.carol, { from: 'system', q: 'bob' })).toHaveLength(1);
  });

  test('MM-55 shows the newest fifty, five fields each, as they are now', async () => {
    const sent = await Promise.all(
      Array.from({ length: 55 }, (_, index) =>
        people.alice.post('/send/systems', { text: `fifty ${index}` }),
      ),
    );
    expect(sent.every((answer) => answer.status === 200)).toBe(true);
    const hits = await search(people.bob, { q: 'fifty' });
    expect(hits).toHaveLength(50);
    expect(hits).toEqual([...hits].sort((a, b) => b.ts - a.ts || b.id - a.id));
    expect(Object.keys(hits[0] ?? {}).sort()).toEqual(['channel', 'content', 'id', 'sender', 'ts']);
    const edited = await people.alice.say('systems', 'before the edit');
    const deleted = await people.alice.say('systems', 'before the deletion');
    await people.alice.post(`/edit/${edited.id}`, { text: 'after the edit' });
    await people.alice.post(`/delete/${deleted.id}`);
    expect(await contents(people.bob, { q: 'before the' })).toEqual([]);
    expect(await contents(people.bob, { q: 'after the edit' })).toEqual(['after the edit']);
  });

  test('MM-56 stays in the channels of whoever searches', async () => {
    const created = await people.alice.postJson('/private_channels/create', {
      name: 'hidden',
      members: ['bob'],
    });
    const { id, channel } = JSON.parse(created.text);
    await people.alice.say(channel, 'needle in private');
    await people.alice.say('dm:alice:bob', 'needle between two');
    expect(await contents(people.bob, { q: 'needle' })).toEqual(['needle between two', 'needle in private']);
    expect(await contents(people.carol, { q: 'needle' })).toEqual([]);
    for (const unreadable of [channel, 'dm:alice:bob', 'private:999', 'nowhere', 'dm:carol:alice']) {
      expect(await search(people.carol, { channel: unreadable }), unreadable).toEqual([]);
    }
    await people.bob.postJson(`/private_channels/${id}/add_member`, { username: 'carol' });
    await people.alice.say(channel, 'needle for all three');
    expect(await contents(people.carol, { q: 'needle' })).toEqual(['needle for all three']);
  });

  test('MM-57 never takes a name for a pattern', async () => {
    const sly = await signUp(people.door, 'a_ice');
    await people.bob.say('dm:alice:bob', 'for alice alone');
    expect(await contents(sly, { q: 'for alice alone' })).toEqual([]);
    expect(await sly.read('/dms')).toEqual([]);
    expect(await sly.read('/unread_count')).toEqual({ count: 0 });
    expect((await sly.get('/messages/dm:alice:bob')).status).toBe(403);
  });
});
