import { expect } from 'vitest';
import type { Answer, Door } from '#tests/support/door';
import { MikrochatClient, register } from '#tests/support/mikrochat-client';
import { PIXEL } from '#tests/support/minimost-client';

type Expected = {
  status: number;
  /** what the body has to contain: documented examples are excerpts, and a superset satisfies them */
  body?: unknown;
  type?: string;
};

const id = expect.stringMatching(/^\d+$/);
const moment = expect.any(Number);

/**
 * The worked examples of the documents, one after the other, by people of this door's own: `tag` is part of their
 * addresses, so that several doors can lead to one database. `admin` administers it; its channel `General` is there.
 */
export async function playExamples(
  door: Door,
  tag: string,
  base: string,
  admin: MikrochatClient,
): Promise<void> {
  const boss = new MikrochatClient(door, base);
  boss.tokens = admin.tokens;
  const bob = (await register(door, `bob-${tag}@example.org`)).at(base);
  const cat = (await register(door, `cat-${tag}@example.org`)).at(base);
  const visitor = new MikrochatClient(door, base);
  const isCompat = base !== '';
  const reactions = (emoji: string, client: MikrochatClient) =>
    isCompat ? { [client.id]: [emoji] } : { [emoji]: [client.id] };
  const coded = (plain: string, entities: string) => (isCompat ? entities : plain);

  const example = async (asked: Promise<Answer>, expected: Expected) => {
    const answer = await asked;
    const { status, body, type = 'application/json' } = expected;
    const label = `${door.name}${base}: ${JSON.stringify(expected)}`;
    expect(answer.status, `${label} got ${answer.text.slice(0, 200)}`).toBe(status);
    expect(answer.headers.get('content-type'), label).toBe(type);
    expect(answer.headers.get('access-control-allow-origin'), label).toBe('*');
    if (typeof body === 'string') expect(answer.text, label).toBe(body);
    else if (body !== undefined) expect(JSON.parse(answer.text), label).toMatchObject(body as object);
    return type === 'application/json' ? JSON.parse(answer.text) : answer;
  };

  await example(visitor.ask('GET', '/config.json'), { status: 200, body: { auth: { mode: 'password' } } });
  await example(visitor.ask('GET', '/auth/me'), { status: 401, body: { error: expect.any(String) } });
  await example(
    visitor.ask('POST', '/auth/password-login', { email: `bob-${tag}@example.org`, password: 'Passw0rd!' }),
    {
      status: 200,
      body: {
        accessToken: expect.any(String),
        refreshToken: expect.any(String),
        exp: 900,
        tokenType: 'Bearer',
      },
    },
  );
  await example(bob.ask('POST', '/auth/refresh', { refreshToken: bob.tokens.refreshToken }), {
    status: 200,
    body: { refreshToken: bob.tokens.refreshToken, exp: 900 },
  });
  await example(bob.ask('GET', '/auth/me'), {
    status: 200,
    body: { user: { id: bob.id, userName: `bob-${tag}`, email: `bob-${tag}@example.org`, isAdmin: false } },
  });
  await example(bob.ask('GET', '/auth/sessions'), { status: 200, body: { sessions: [{}, {}] } });
  await example(bob.ask('GET', '/users'), { status: 200, body: { users: expect.any(Array) } });

  const { channels } = await example(bob.ask('GET', '/channels'), {
    status: 200,
    body: { channels: expect.any(Array) },
  });
  expect(channels[0]).toMatchObject({ name: 'General' });
  await example(bob.ask('POST', '/channels', { name: 'no' }), {
    status: 403,
    body: { error: expect.any(String) },
  });
  const { channel } = await example(boss.ask('POST', '/channels', { name: `plans ${tag}` }), {
    status: 200,
    body: { channel: { id, name: `plans ${tag}`, createdAt: moment } },
  });
  await example(boss.ask('PUT', `/channels/${channel.id}`, { name: `plan ${tag}` }), {
    status: 200,
    body: { channel: { name: `plan ${tag}`, updatedAt: moment } },
  });

  const messages = `/channels/${channel.id}/messages`;
  const { message } = await example(
    bob.ask('POST', messages, { content: coded('<b>&</b>', '&lt;b&gt;&amp;&lt;/b&gt;') }),
    {
      status: 200,
      body: {
        message: {
          id,
          channelId: channel.id,
          author: { id: bob.id, userName: `bob-${tag}` },
          content: coded('<b>&</b>', '&lt;b&gt;&amp;&lt;/b&gt;'),
          images: [],
          reactions: {},
          createdAt: moment,
          updatedAt: null,
        },
      },
    },
  );
  await example(bob.ask('POST', messages, {}), { status: 400, body: { error: expect.any(String) } });
  await example(cat.ask('PUT', `/messages/${message.id}`, { content: 'x' }), { status: 403 });
  await example(bob.ask('PUT', `/messages/${message.id}`, { content: 'edited' }), {
    status: 200,
    body: { message: { id: message.id, content: 'edited', updatedAt: moment } },
  });
  await example(cat.ask('POST', `/messages/${message.id}/reactions`, { reaction: '👍' }), {
    status: 200,
    body: { message: { id: message.id, reactions: reactions('👍', cat) } },
  });
  const { reply } = await example(cat.ask('POST', `/messages/${message.id}/thread`, { content: 'a reply' }), {
    status: 200,
    body: {
      reply: { id, threadId: message.id, content: 'a reply' },
      threadMeta: { replyCount: 1, lastReplyBy: { id: cat.id }, participants: [cat.id] },
    },
  });
  await example(bob.ask('GET', `/messages/${message.id}/thread`), {
    status: 200,
    body: { replies: [{ id: reply.id }] },
  });
  await example(cat.ask('PUT', `/messages/${message.id}/thread/${reply.id}`, { content: 'better' }), {
    status: 200,
    body: { message: { id: reply.id, content: 'better' } },
  });
  await example(bob.ask('GET', `${messages}?limit=50`), {
    status: 200,
    body: { messages: [{ id: message.id, reactions: reactions('👍', cat), threadMeta: { replyCount: 1 } }] },
  });
  await example(cat.ask('DELETE', `/messages/${message.id}/thread/${reply.id}`), {
    status: 200,
    body: '{"success":true}',
  });
  await example(cat.ask('DELETE', `/messages/${message.id}/reactions`, { reaction: '👍' }), {
    status: 200,
    body: { message: { reactions: {} } },
  });

  const image = { filename: 'a.png', image: PIXEL.toString('base64') };
  const { filename } = await example(bob.ask('POST', `${messages}/image`, image), {
    status: 200,
    body: { success: true, filename: expect.stringMatching(/^\d{13}-[0-9a-f]{32}\.png$/) },
  });
  await example(bob.ask('POST', messages, { content: '', images: [filename] }), {
    status: 200,
    body: { message: { content: '', images: [filename] } },
  });
  const bytes = await example(cat.ask('GET', `${messages}/image/${filename}`), {
    status: 200,
    type: 'image/png',
  });
  expect(bytes.bytes.equals(PIXEL)).toBe(true);
  await example(cat.ask('GET', `${messages}/image/..%2Fx`), { status: 400 });

  const participants = [bob.id, cat.id].sort();
  const { conversation } = await example(bob.ask('POST', '/conversations', { targetUserId: cat.id }), {
    status: 200,
    body: {
      conversation: { id: `dm:${participants.join('_')}`, participants, otherUser: { id: cat.id } },
      isNew: true,
    },
  });
  const dm = `/conversations/${conversation.id}/messages`;
  const direct = await example(bob.ask('POST', dm, { content: 'psst' }), {
    status: 200,
    body: { message: { channelId: conversation.id, content: 'psst' } },
  });
  await example(cat.ask('GET', dm.replace(':', '%3A')), {
    status: 200,
    body: { messages: [{ content: 'psst' }] },
  });
  await example(boss.ask('GET', dm), { status: 403 });
  await example(cat.ask('GET', '/conversations'), {
    status: 200,
    body: { conversations: [{ lastMessageAt: moment }] },
  });
  await example(bob.ask('DELETE', `${dm}/${direct.message.id}`), { status: 200, body: '{"success":true}' });

  const { webhook } = await example(boss.ask('POST', '/webhooks', { name: 'CI', channelId: channel.id }), {
    status: 200,
    body: {
      webhook: { id, name: 'CI', channelId: channel.id, token: expect.stringMatching(/^[0-9a-f]{64}$/) },
    },
  });
  const authorization = `Bearer ${webhook.token}`;
  await example(
    visitor.ask('POST', `/webhooks/${webhook.id}/messages`, { content: 'built' }, { authorization }),
    {
      status: 200,
      body: { message: { author: { id: `webhook:${webhook.id}`, userName: 'CI', isBot: true } } },
    },
  );
  await example(boss.ask('DELETE', `/webhooks/${webhook.id}`), { status: 200, body: '{"success":true}' });
  await example(bob.ask('GET', '/server/settings'), { status: 200, body: { name: 'MikroChat' } });
  await example(bob.ask('GET', '/search/messages?q=edited'), {
    status: 200,
    body: { messages: expect.any(Array) },
  });
  await example(bob.ask('GET', '/presence'), { status: 200, body: { presence: expect.any(Array) } });
  await example(boss.ask('DELETE', `/channels/${channel.id}`), { status: 200, body: '{"success":true}' });
  await example(bob.ask('GET', messages), { status: 404, body: { error: expect.any(String) } });
  await example(bob.ask('POST', '/auth/logout', { refreshToken: bob.tokens.refreshToken }), {
    status: 200,
    body: { message: expect.any(String) },
  });
  await example(visitor.ask('POST', '/auth/refresh', { refreshToken: bob.tokens.refreshToken }), {
    status: 401,
  });
}
