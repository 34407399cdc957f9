import { describe, expect, test } from 'vitest';
import { MessageJson } from '#server/dialects/minimost/present';
import { cursorOf, PIXEL, withFiles } from '#tests/support/minimost-client';
import { withPeople } from '#tests/support/minimost-people';

const people = withPeople();
const FIELDS = [
  'id',
  'channel',
  'sender',
  'content',
  'filename',
  'ts',
  'edited',
  'edited_ts',
  'deleted',
  'deleted_ts',
  'reply_to_id',
  'reactions',
  'reactions_ts',
  'mentions',
];

describe('sending', () => {
  test('MM-27 answers ok, without quotes', async () => {
    const answer = await people.alice.post('/send/general', { text: '  hello  ' });
    expect([answer.status, answer.text]).toEqual([200, 'ok']);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect((await people.bob.messages('general')).at(-1)?.content).toBe('  hello');
  });

  test('MM-28 nothing is not a message', async () => {
    const before = await people.alice.messages('general');
    for (const text of ['', '   ', '\r\n\t', '\u00a0']) {
      const answer = await people.alice.post('/send/general', { text });
      expect([answer.status, answer.text]).toEqual([400, 'empty']);
    }
    expect((await people.alice.post('/send/general')).text).toBe('empty');
    expect((await people.alice.postJson('/send/general', { text: 'json' })).text).toBe('empty');
    expect((await people.alice.postData('/send/general', withFiles({}, ' '))).text).toBe('empty');
    expect(await people.alice.messages('general')).toEqual(before);
  });

  test('MM-29 10 000 characters fit, one more does not', async () => {
    for (const letter of ['x', '👍']) {
      expect((await people.alice.post('/send/general', { text: letter.repeat(10_000) })).status).toBe(200);
      const answer = await people.alice.post('/send/general', { text: letter.repeat(10_001) });
      expect([answer.status, answer.text]).toEqual([413, 'message too long (max 10000 characters)']);
    }
    expect((await people.alice.post('/send/general', { text: `${'x'.repeat(10_000)}   ` })).status).toBe(200);
    const { id } = await people.alice.say('general', 'short');
    expect((await people.alice.post(`/edit/${id}`, { text: 'x'.repeat(10_001) })).status).toBe(413);
  });

  test('MM-40 a reply keeps its number, which need not exist, and ignores what is none', async () => {
    for (const [written, kept] of [
      ['40', 40],
      ['999999999', 999_999_999],
      ['0', 0],
      ['-3', -3],
      ['abc', null],
      ['4.5', null],
      ['', null],
      ['9'.repeat(30), null],
    ] as const) {
      const row = await people.alice.say('general', `reply to ${written}`, { reply_to_id: written });
      expect(row.reply_to_id, written).toBe(kept);
    }
  });

  test('names who is missing from a direct message, and opens none', async () => {
    const answer = await people.alice.post('/send/dm:alice:BOB:nobody', { text: 'hi' });
    expect([answer.status, answer.text]).toEqual([400, 'no account named BOB, nobody']);
    expect(await people.alice.read('/dms')).toEqual([]);
  });

  test('checks access before text, and text before files', async () => {
    const long = 'x'.repeat(10_001);
    expect((await people.alice.post('/send/secret', { text: long })).status).toBe(403);
    expect((await people.alice.post('/send/dm:alice:nobody', { text: long })).status).toBe(400);
    expect((await people.alice.postData('/send/secret', withFiles({ 'a.png': PIXEL }))).status).toBe(403);
  });
});

describe('messages', () => {
  test('MM-30 have all 14 fields in their documented types', async () => {
    const row = await people.alice.say('software', 'typed');
    expect(Object.keys(row)).toEqual(expect.arrayContaining(FIELDS));
    expect(MessageJson.parse(row)).toEqual(row);
    expect(row).toMatchObject({
      edited: 0,
      deleted: 0,
      edited_ts: null,
      reactions: null,
      channel: 'software',
    });
    expect(Number.isInteger(row.ts)).toBe(false);
  });

  test('MM-31 carry reactions and mentions as strings of JSON', async () => {
    const { id } = await people.alice.say('software', 'hey @bob');
    await people.bob.post(`/react/${id}`, { reaction: 'thumbsup' });
    const row = await people.alice.message('software', id);
    expect(JSON.parse(row.reactions ?? '')).toEqual({ thumbsup: ['bob'] });
    expect(JSON.parse(row.mentions ?? '')).toEqual(['bob']);
  });

  test('MM-32 have one id for everybody', async () => {
    await people.alice.say('software', 'the same');
    const ids = async (person: typeof people.alice) =>
      (await person.messages('software')).map((row) => row.id);
    expect(await ids(people.bob)).toEqual(await ids(people.alice));
  });

  test('MM-33 come whole without a usable cursor, and strictly after one', async () => {
    for (const text of ['one', 'two', 'three']) await people.alice.say('firmware', text);
    const all = await people.alice.messages('firmware');
    for (const cursor of ['', '0', '-5', 'NaN', 'nan', '-nan', '+NaN', 'abc', '0x10', '1e', '-inf', 'null']) {
      expect(await people.alice.messages('firmware', cursor), cursor).toEqual(all);
    }
    const [, second, third] = all.slice(-3);
    expect(await people.alice.messages('firmware', second?.ts)).toEqual([third]);
    expect(await people.alice.messages('firmware', third?.ts)).toEqual([]);
    expect(await people.alice.messages('firmware', '1e400')).toEqual([]);
    expect(await people.alice.messages('firmware', '99999999999999999999')).toEqual([]);
    expect(await people.alice.messages('firmware', `  ${second?.ts} `)).toEqual([third]);
  });

  test('MM-34 come again after an edit, a reaction and a deletion, once', async () => {
    const { id } = await people.alice.say('firmware', 'changing');
    await people.bob.say('firmware', 'still');
    let cursor = await people.bob.cursor('firmware');
    const changes: [string, () => Promise<{ status: number }>][] = [
      ['edit', () => people.alice.post(`/edit/${id}`, { text: 'changed' })],
      ['reaction', () => people.bob.post(`/react/${id}`, { reaction: 'fire' })],
      ['reaction taken away', () => people.bob.post(`/react/${id}`, { reaction: 'fire' })],
      ['deletion', () => people.alice.post(`/delete/${id}`)],
      ['second deletion', () => people.alice.post(`/delete/${id}`)],
    ];
    for (const [name, change] of changes) {
      expect((await change()).status, name).toBe(200);
      const seen = await people.bob.messages('firmware', cursor);
      expect(
        seen.map((row) => row.id),
        name,
      ).toEqual([id]);
      cursor = cursorOf(seen, cursor);
      expect(await people.bob.messages('firmware', cursor), name).toEqual([]);
    }
  });

  test('MM-35 are in the order of their time', async () => {
    for (const text of ['a', 'b', 'c']) await people.alice.say('systems', text);
    const [first] = await people.alice.messages('systems');
    await people.alice.post(`/edit/${first?.id}`, { text: 'edited last' });
    const rows = await people.alice.messages('systems');
    const sorted = [...rows].sort((a, b) => a.ts - b.ts || a.id - b.id);
    expect(rows).toEqual(sorted);
  });

  test('MM-36 leave a row without words when they are deleted', async () => {
    const { id, ts } = await people.alice.say('systems', 'regretted @bob');
    await people.bob.post(`/react/${id}`, { reaction: 'eyes' });
    await people.alice.post(`/delete/${id}`);
    expect(await people.bob.message('systems', id)).toMatchObject({
      deleted: 1,
      deleted_ts: expect.any(Number),
      ts,
      content: null,
      filename: null,
      reactions: null,
      mentions: null,
    });
  });

  test('MM-84 come back word for word', async () => {
    const text =
      '  <b>&amp; "quotes" \\ \r\n\ttab\u2028 e\u0301 👩‍👩‍👧 \u202eRTL {{y}} %s \'; DROP TABLE message; --';
    const row = await people.alice.say('systems', text);
    expect(row.content).toBe(text);
    const data = new FormData();
    data.append('text', 'line one\r\nline two');
    await people.alice.postData('/send/systems', data);
    expect((await people.alice.messages('systems')).at(-1)?.content).toBe('line one\r\nline two');
    await people.alice.post('/send/systems', { text: 'nul\u0000 gone' });
    expect((await people.alice.messages('systems')).at(-1)?.content).toBe('nul gone');
  });

  test('come in pages too', async () => {
    for (let index = 0; index < 5; index++) await people.alice.say('off-topic', `page ${index}`);
    const all = await people.alice.messages('off-topic');
    expect(await people.alice.read('/messages/off-topic?after=0&limit=2')).toEqual(all.slice(-2));
    expect(await people.alice.read('/messages/off-topic?limit=x')).toEqual(all);
    const last = all.at(-1);
    expect(await people.alice.read(`/messages_before/off-topic?before=${last?.ts}&limit=2`)).toEqual(
      all.slice(-3, -1),
    );
    expect((await people.alice.get('/messages_before/off-topic?before=x')).status).toBe(400);
    expect((await people.alice.get('/messages_before/secret?before=1')).status).toBe(403);
  });
});

describe('one message', () => {
  test('MM-41 is five fields, or not found', async () => {
    const { id } = await people.alice.say('dm:alice:bob', 'between us');
    expect(await people.bob.read(`/message/${id}`)).toEqual({
      id,
      sender: 'alice',
      content: 'between us',
      filename: null,
      deleted: 0,
    });
    for (const [person, wanted] of [
      [people.carol, id],
      [people.alice, 999_999],
      [people.alice, '9'.repeat(40)],
      [people.alice, 0],
    ] as const) {
      const answer = await person.get(`/message/${wanted}`);
      expect([answer.status, answer.text]).toEqual([404, 'not found']);
    }
    await people.alice.post(`/delete/${id}`);
    expect(await people.bob.read(`/message/${id}`)).toMatchObject({ content: null, deleted: 1 });
  });

  test('MM-42 is edited by its sender only', async () => {
    const { id } = await people.alice.say('general', 'mine');
    for (const [person, wanted] of [
      [people.bob, id],
      [people.alice, 999_999],
      [people.alice, '9'.repeat(40)],
    ] as const) {
      const answer = await person.post(`/edit/${wanted}`, { text: 'yours' });
      expect([answer.status, answer.text]).toEqual([403, 'forbidden']);
    }
    const notice = (await people.alice.messages('general')).find((row) => row.sender === 'system');
    expect((await people.alice.post(`/edit/${notice?.id}`, { text: 'x' })).status).toBe(403);
    expect((await people.alice.post(`/delete/${notice?.id}`)).status).toBe(403);
  });

  test('MM-43 keeps its place when it is edited, and is read for mentions anew', async () => {
    const row = await people.alice.say('general', 'hey @bob');
    expect((await people.alice.post(`/edit/${row.id}`, { text: '  hey @carol  ' })).text).toBe('ok');
    const edited = await people.bob.message('general', row.id);
    expect(edited).toMatchObject({
      id: row.id,
      ts: row.ts,
      content: 'hey @carol',
      edited: 1,
      mentions: '["carol"]',
    });
    expect(edited.edited_ts).toBeGreaterThan(row.ts);
    await people.alice.post(`/edit/${row.id}`, { text: 'hey' });
    expect((await people.bob.message('general', row.id)).mentions).toBeNull();
  });

  test('MM-44 is not edited to nothing, nor when it is an image or deleted', async () => {
    const row = await people.alice.say('general', 'something');
    for (const text of ['', '  \n']) {
      expect((await people.alice.post(`/edit/${row.id}`, { text })).text).toBe('empty');
    }
    expect((await people.bob.post('/edit/999999', {})).text).toBe('empty');
    expect(await people.bob.message('general', row.id)).toEqual(row);
    await people.alice.post(`/delete/${row.id}`);
    await people.alice.postData('/send/general', withFiles({ 'a.png': PIXEL }));
    const image = (await people.alice.messages('general')).at(-1);
    for (const id of [row.id, image?.id]) {
      const answer = await people.alice.post(`/edit/${id}`, { text: 'again' });
      expect([answer.status, answer.text]).toEqual([409, 'not editable']);
    }
  });

  test('MM-45 is deleted by its sender only, as often as they like', async () => {
    const { id } = await people.alice.say('general', 'mine to delete');
    expect((await people.bob.post(`/delete/${id}`)).text).toBe('forbidden');
    expect((await people.alice.post('/delete/999999')).status).toBe(403);
    expect((await people.alice.post(`/delete/${id}`)).text).toBe('ok');
    const first = (await people.alice.message('general', id)).deleted_ts ?? 0;
    expect((await people.alice.post(`/delete/${id}`)).text).toBe('ok');
    expect((await people.alice.message('general', id)).deleted_ts).toBeGreaterThan(first);
  });

  test('MM-46 has a number, or there is no such path', async () => {
    for (const id of ['abc', '-1', '1.5', '0x1', '%20', 'null']) {
      expect((await people.alice.get(`/message/${id}`)).status, id).toBe(404);
      for (const path of ['/edit/', '/delete/', '/react/']) {
        expect((await people.alice.post(path + id, { text: 'x', reaction: 'fire' })).status, id).toBe(404);
      }
    }
  });
});

describe('mentions', () => {
  const mentionsIn = async (text: string, channel = 'general') =>
    JSON.parse((await people.alice.say(channel, text)).mentions ?? 'null');

  test('MM-47 name accounts in their own spelling, and drop everybody else', async () => {
    expect(await mentionsIn('@BOB')).toEqual(['bob']);
    expect(await mentionsIn('(@carol), @Bob. and @bob again, @nobody @bob-')).toEqual(['bob', 'carol']);
    expect(await mentionsIn('@alice myself')).toEqual(['alice']);
  });

  test('MM-48 are not in addresses', async () => {
    for (const text of [
      'foo@bob.com',
      'https://x.example/@bob',
      'http://x.example/?q=@bob',
      'www.x.example/a,@bob',
      '@@bob',
      'é@bob',
      '_@bob',
      '/@bob',
    ]) {
      expect(await mentionsIn(text), text).toBeNull();
    }
  });

  test('MM-49 of everyone stand for all others', async () => {
    expect(await mentionsIn('@bob @EveryOne @carol')).toEqual(['@everyone']);
  });

  test('MM-50 reach only the people of a direct or private channel', async () => {
    expect(await mentionsIn('@carol @bob', 'dm:alice:bob')).toEqual(['bob']);
    const created = await people.alice.postJson('/private_channels/create', {
      name: 'two',
      members: ['bob'],
    });
    expect(await mentionsIn('@carol @bob', JSON.parse(created.text).channel)).toEqual(['bob']);
  });

  test('MM-51 are null when there are none', async () => {
    const row = await people.alice.say('general', 'nobody here @nobody');
    expect(row.mentions).toBeNull();
  });

  test('unread ones are listed, newest first', async () => {
    for (const { channel } of await people.bob.read<{ channel: string }[]>('/mentions')) {
      await people.bob.post(`/mark_read/${channel}`);
    }
    const first = await people.alice.say('general', '@bob one');
    const second = await people.alice.say('general', '@everyone two');
    await people.bob.say('dm:alice:bob', '@bob me');
    expect(await people.bob.read('/mentions')).toEqual([
      {
        id: second.id,
        channel: 'general',
        sender: 'alice',
        content: '@everyone two',
        filename: null,
        ts: second.ts,
      },
      {
        id: first.id,
        channel: 'general',
        sender: 'alice',
        content: '@bob one',
        filename: null,
        ts: first.ts,
      },
    ]);
    await people.bob.post('/mark_read/general');
    expect(await people.bob.read('/mentions')).toEqual([]);
  });
});
