// Who may call what: every route of the table × everybody in the cast. A route without a row fails.
import { beforeAll, describe, expect, test } from 'vitest';
import { actorOfAccessToken } from '#server/auth/access-token';
import { mikrochat } from '#server/dialects/mikrochat/dialect';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import { addMember } from '#server/domain/memberships/add-member';
import type { Answer } from '#tests/support/door';
import { MikrochatClient, register } from '#tests/support/mikrochat-client';
import { withMikrochatPeople } from '#tests/support/mikrochat-people';
import { PIXEL } from '#tests/support/minimost-client';

/**
 * Around one private channel with a message, its image, a reply, and a conversation of two: `author` wrote all of it,
 * `member` is in both, `admin` administers the server and is in neither, `outsider` is nowhere, `gone` was removed but
 * kept the token. Asked below the client's base, where no path is shared with another API.
 */
const CAST = ['anonymous', 'author', 'member', 'admin', 'outsider', 'gone'] as const;
type Who = (typeof CAST)[number];
type Statuses = readonly [number, number, number, number, number, number];
type Place = {
  channel: string;
  dm: string;
  message: string;
  reply: string;
  image: string;
  direct: string;
  directImage: string;
  file: string;
  victim: string;
  webhook: string;
};
type Row = { ask: (client: MikrochatClient, place: Place) => Promise<Answer>; statuses: Statuses };

const people = withMikrochatPeople();
const cast = {} as Record<Who, MikrochatClient>;
let made = 0;

beforeAll(async () => {
  const { ann, door } = people;
  const join = async (name: string) => (await register(door, `${name}@example.org`)).at('/compat/mikrochat');
  cast.anonymous = new MikrochatClient(door, '/compat/mikrochat');
  for (const who of ['author', 'member', 'admin', 'outsider', 'gone'] as const) cast[who] = await join(who);
  await ann.call('PUT', `/users/${cast.admin.id}/role`, { role: 'admin' });
  await ann.call('DELETE', `/users/${cast.gone.id}`);
});

async function makePlace(): Promise<Place> {
  const { author, member } = cast;
  const actor = await actorOfAccessToken(author.tokens.accessToken);
  if (!actor) throw new Error('nobody');
  const { id } = await createPrivateChannel(actor, { name: `stage ${++made}` });
  await addMember(actor, { conversationId: id, username: 'member' });
  const channel = String(id);
  const dm = await author.converse(member.id);
  const png = { filename: 'a.png', image: PIXEL.toString('base64') };
  const upload = async (path: string) =>
    (await author.call<{ filename: string }>('POST', path, png)).filename;
  const image = await upload(`/channels/${channel}/messages/image`);
  const directImage = await upload(`/conversations/${dm}/messages/image`);
  const { attachment } = await author.call<{ attachment: { filename: string } }>('POST', '/files', {
    filename: 'a.txt',
    file: 'eA==',
  });
  const { id: message } = await author.say(channel, 'a secret', {
    images: [image],
    attachments: [attachment],
  });
  const { id: reply } = await author.reply(message, 'a reply');
  const { id: direct } = await author.say(dm, 'psst', { images: [directImage] });
  const added = await people.ann.call<{ userId: string }>('POST', '/users/add', {
    email: `victim${made}@example.org`,
  });
  const { webhook } = await people.ann.call<{ webhook: { id: string } }>('POST', '/webhooks', {
    name: 'hook',
    channelId: people.general,
  });
  return {
    channel,
    dm,
    message,
    reply,
    image,
    direct,
    directImage,
    file: attachment.filename,
    victim: added.userId,
    webhook: webhook.id,
  };
}

type Path = string | ((place: Place) => string);
const call =
  (method: string, path: Path, body?: unknown): Row['ask'] =>
  (client, place) =>
    client.ask(method, typeof path === 'string' ? path : path(place), body);
const get = (path: Path) => call('GET', path);

/** anonymous, author, member, admin, outsider, gone */
const everybody = (status: number): Statuses => [status, status, status, status, status, status];
const signedIn = (status: number): Statuses => [401, status, status, status, status, 401];
const inChannel = (status: number, refused = 404): Statuses => [401, status, status, refused, refused, 401];
const ofAuthor = (status: number, refused = 404): Statuses => [401, status, 403, refused, refused, 401];
const ofTwo = (status: number): Statuses => [401, status, status, 403, 403, 401];
const administrators = (status: number): Statuses => [401, 403, 403, status, 403, 401];

const ROWS: Record<string, Row> = {
  'E1-health': { ask: get('/health'), statuses: everybody(200) },
  'E2-dev-login': {
    ask: call('POST', '/auth/dev-login', { email: 'a@b.example' }),
    statuses: everybody(404),
  },
  'E3-magic-login': { ask: call('POST', '/auth/login', { email: 'a@b.example' }), statuses: everybody(404) },
  'E4-magic-verify': {
    ask: call('POST', '/auth/verify', { email: 'a@b.example' }),
    statuses: everybody(404),
  },
  'E5-password-login': {
    ask: call('POST', '/auth/password-login', { email: 'nobody@b.example', password: 'wrong' }),
    statuses: everybody(401),
  },
  'E6-request-password-reset': {
    ask: call('POST', '/auth/request-password-reset', { email: 'nobody@b.example' }),
    statuses: everybody(200),
  },
  'E7-setup-password': { ask: call('POST', '/auth/setup-password', {}), statuses: everybody(400) },
  'E8-register': { ask: call('POST', '/auth/register', {}), statuses: everybody(400) },
  'E9-oauth-providers': { ask: get('/auth/oauth/providers'), statuses: everybody(404) },
  'E10-oauth-start': { ask: get('/auth/oauth/home'), statuses: everybody(404) },
  'E11-oauth-callback': { ask: get('/auth/oauth/home/callback'), statuses: everybody(404) },
  'E12-refresh': { ask: call('POST', '/auth/refresh', { refreshToken: 'x' }), statuses: everybody(401) },
  // whoever was removed still signs out
  'E13-logout': {
    ask: call('POST', '/auth/logout', { refreshToken: 'x' }),
    statuses: [401, 200, 200, 200, 200, 200],
  },
  'E14-me': { ask: get('/auth/me'), statuses: signedIn(200) },
  'E15-sessions-list': { ask: get('/auth/sessions'), statuses: signedIn(200) },
  'E16-sessions-revoke': {
    ask: (client) => client.ask('DELETE', '/auth/sessions', { refreshToken: client.tokens.refreshToken }),
    statuses: signedIn(200),
  },
  'E17-users-list': { ask: get('/users'), statuses: signedIn(200) },
  'E18-users-add': { ask: call('POST', '/users/add', {}), statuses: administrators(400) },
  'E19-users-reset-password': {
    ask: call('POST', ({ victim }) => `/users/${victim}/reset-password`, { password: 'a new password' }),
    statuses: administrators(200),
  },
  'E20-users-remove': {
    ask: call('DELETE', ({ victim }) => `/users/${victim}`),
    statuses: administrators(200),
  },
  'E21-users-exit': {
    // for somebody else in the same position: the cast is still needed
    ask: async (client) => {
      if (client === cast.anonymous || client === cast.gone) return client.ask('POST', '/users/exit');
      return (await register(people.door, `leaver${++made}@example.org`)).ask('POST', '/users/exit');
    },
    statuses: signedIn(200),
  },
  'E22-users-me-update': { ask: call('PUT', '/users/me', { userName: ' ' }), statuses: signedIn(400) },
  'X3-users-role': {
    ask: call('PUT', ({ victim }) => `/users/${victim}/role`, { role: 'user' }),
    statuses: administrators(200),
  },
  'E23-channels-list': { ask: get('/channels'), statuses: signedIn(200) },
  'E24-channels-create': { ask: call('POST', '/channels', {}), statuses: administrators(400) },
  'E25-channels-update': {
    ask: (client) => client.ask('PUT', `/channels/${people.general}`, { name: 'x' }),
    statuses: administrators(400),
  },
  'E26-channels-delete': {
    ask: (client) => client.ask('DELETE', `/channels/${people.general}`),
    statuses: administrators(400),
  },
  'E27-messages-list': {
    ask: get(({ channel }) => `/channels/${channel}/messages`),
    statuses: inChannel(200),
  },
  'E28-messages-create': {
    ask: call('POST', ({ channel }) => `/channels/${channel}/messages`, { content: 'me too' }),
    statuses: inChannel(200),
  },
  'E29-messages-update': {
    ask: call('PUT', ({ message }) => `/messages/${message}`, { content: 'changed' }),
    statuses: ofAuthor(200),
  },
  'E30-messages-delete': {
    ask: call('DELETE', ({ message }) => `/messages/${message}`),
    statuses: ofAuthor(200),
  },
  'E31-reactions-add': {
    ask: call('POST', ({ direct }) => `/messages/${direct}/reactions`, { reaction: '👀' }),
    statuses: ofTwo(200),
  },
  'E32-reactions-remove': {
    ask: call('DELETE', ({ message }) => `/messages/${message}/reactions`, { reaction: '👀' }),
    statuses: inChannel(200),
  },
  'E33-channel-image-upload': {
    ask: call('POST', ({ channel }) => `/channels/${channel}/messages/image`, {}),
    statuses: inChannel(400),
  },
  'E34-channel-image-get': {
    ask: get(({ channel, image }) => `/channels/${channel}/messages/image/${image}`),
    statuses: inChannel(200),
  },
  'E35-thread-list': { ask: get(({ message }) => `/messages/${message}/thread`), statuses: inChannel(200) },
  'E36-thread-reply': {
    ask: call('POST', ({ message }) => `/messages/${message}/thread`, { content: 'me too' }),
    statuses: inChannel(200),
  },
  'E37-thread-update': {
    ask: call('PUT', ({ message, reply }) => `/messages/${message}/thread/${reply}`, { content: 'changed' }),
    statuses: ofAuthor(200),
  },
  'E38-thread-delete': {
    ask: call('DELETE', ({ message, reply }) => `/messages/${message}/thread/${reply}`),
    statuses: ofAuthor(200),
  },
  'E39-thread-image-upload': {
    ask: call('POST', ({ message }) => `/messages/${message}/thread/image`, {}),
    statuses: inChannel(400),
  },
  'E40-conversations-list': { ask: get('/conversations'), statuses: signedIn(200) },
  'E41-conversations-create': { ask: call('POST', '/conversations', {}), statuses: signedIn(400) },
  'E42-dm-list': { ask: get(({ dm }) => `/conversations/${dm}/messages`), statuses: ofTwo(200) },
  'E43-dm-create': {
    ask: call('POST', ({ dm }) => `/conversations/${dm}/messages`, { content: 'me too' }),
    statuses: ofTwo(200),
  },
  'E44-dm-update': {
    ask: call('PUT', ({ dm, direct }) => `/conversations/${dm}/messages/${direct}`, { content: 'changed' }),
    statuses: ofAuthor(200, 403),
  },
  'E45-dm-delete': {
    ask: call('DELETE', ({ dm, direct }) => `/conversations/${dm}/messages/${direct}`),
    statuses: ofAuthor(200, 403),
  },
  'E46-dm-image-upload': {
    ask: call('POST', ({ dm }) => `/conversations/${dm}/messages/image`, {}),
    statuses: ofTwo(400),
  },
  'E47-dm-image-get': {
    ask: get(({ dm, directImage }) => `/conversations/${dm}/messages/image/${directImage}`),
    statuses: ofTwo(200),
  },
  'E48-settings-get': { ask: get('/server/settings'), statuses: signedIn(200) },
  'E49-settings-update': { ask: call('PUT', '/server/settings', {}), statuses: administrators(400) },
  'E50-webhooks-list': { ask: get('/webhooks'), statuses: administrators(200) },
  'E51-webhooks-create': { ask: call('POST', '/webhooks', {}), statuses: administrators(400) },
  'E52-webhooks-delete': {
    ask: call('DELETE', ({ webhook }) => `/webhooks/${webhook}`),
    statuses: administrators(200),
  },
  // people's tokens are no webhook's
  'E53-webhooks-post': {
    ask: call('POST', ({ webhook }) => `/webhooks/${webhook}/messages`, { content: 'x' }),
    statuses: everybody(401),
  },
  // HEAD: the stream itself would not end
  'E54-events': { ask: call('HEAD', '/events'), statuses: signedIn(200) },
  'X1-config': { ask: get('/config.json'), statuses: everybody(200) },
  'X2-config-alias': { ask: get('/auth/config'), statuses: everybody(200) },
  'X4-presence-list': { ask: get('/presence'), statuses: signedIn(200) },
  'X5-presence-update': { ask: call('PUT', '/presence/me', { status: 'online' }), statuses: signedIn(200) },
  'X6-search': { ask: get('/search/messages?q=secret'), statuses: signedIn(200) },
  'X7-pin': { ask: call('POST', ({ message }) => `/messages/${message}/pin`), statuses: inChannel(200) },
  'X8-unpin': { ask: call('DELETE', ({ message }) => `/messages/${message}/pin`), statuses: inChannel(200) },
  'X9-pins-list': { ask: get(({ channel }) => `/channels/${channel}/pins`), statuses: inChannel(200) },
  'X10-files-upload': { ask: call('POST', '/files', {}), statuses: signedIn(400) },
  'X11-files-get': { ask: get(({ file }) => `/files/${file}`), statuses: inChannel(200) },
  'X12-admin-export': { ask: get('/admin/export'), statuses: administrators(200) },
  'X13-admin-audit-log': { ask: get('/admin/audit-log'), statuses: administrators(200) },
};

describe('access', () => {
  test.each(mikrochat.routes.map(({ id }) => id))('to %s', async (id) => {
    const row = ROWS[id];
    if (!row) throw new Error(`${id} needs a row that says who may call it`);
    const place = await makePlace();
    const statuses: Partial<Record<Who, number>> = {};
    // whoever may do most comes last, or a deletion would take the message away from the others
    for (const who of ['gone', 'outsider', 'member', 'anonymous', 'author', 'admin'] as const) {
      statuses[who] = (await row.ask(cast[who], place)).status;
    }
    expect(statuses).toEqual(Object.fromEntries(CAST.map((who, index) => [who, row.statuses[index]])));
  });

  test('has no rows for routes that are gone', () => {
    const known = new Set(mikrochat.routes.map(({ id }) => id));
    expect(Object.keys(ROWS).filter((id) => !known.has(id))).toEqual([]);
  });

  test('of lists is decided inside them: nothing of a place reaches those outside', async () => {
    const { channel, dm } = await makePlace();
    const word = `word${channel}`;
    await cast.author.say(channel, word);
    await cast.author.say(dm, word);
    const sees = async (who: Who) => {
      const found = await cast[who].read<{ messages: object[] }>(`/search/messages?q=${word}`);
      const { conversations } = await cast[who].read<{ conversations: { id: string }[] }>('/conversations');
      return {
        found: found.messages.length,
        listed: (await cast[who].channels()).some(({ id }) => id === channel),
        talks: conversations.some(({ id }) => id === dm),
      };
    };
    for (const who of ['author', 'member'] as const) {
      expect(await sees(who), who).toEqual({ found: 2, listed: true, talks: true });
    }
    for (const who of ['admin', 'outsider'] as const) {
      expect(await sees(who), who).toEqual({ found: 0, listed: false, talks: false });
    }
  });
});
