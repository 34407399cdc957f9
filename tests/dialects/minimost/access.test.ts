// Who may call what: every route of the table × everybody in the cast. A route without a row fails.
import { beforeAll, describe, expect, test } from 'vitest';
import { minimost } from '#server/dialects/minimost/dialect';
import type { Answer } from '#tests/support/door';
import { logIn, MinimostClient, PASSWORD, PIXEL, signUp, withFiles } from '#tests/support/minimost-client';
import { withPeople } from '#tests/support/minimost-people';

/**
 * Around one private channel with one message and its image, both older than the late joiner: `author` wrote them,
 * `former` has left, `gone` deleted their account but kept the cookie.
 */
const CAST = ['anonymous', 'author', 'member', 'outsider', 'late', 'former', 'gone'] as const;
type Who = (typeof CAST)[number];
type Place = { id: number; channel: string; message: number; image: string };
type Row = {
  ask: (client: MinimostClient, place: Place) => Promise<Answer>;
  /** in the order of the cast */
  statuses: readonly [number, number, number, number, number, number, number];
};

const people = withPeople();
const cast = {} as Record<Exclude<Who, 'anonymous'>, MinimostClient>;

beforeAll(async () => {
  for (const who of ['author', 'member', 'outsider', 'late', 'former', 'gone'] as const) {
    cast[who] = await signUp(people.door, who);
  }
  const { cookie } = cast.gone;
  await cast.gone.postJson('/delete_account', { type: 'soft', password: PASSWORD });
  cast.gone.cookie = cookie;
});

async function makePlace(): Promise<Place> {
  const created = await cast.author.postJson('/private_channels/create', {
    name: 'stage',
    members: ['member', 'former'],
  });
  const { id, channel } = JSON.parse(created.text);
  const { id: message } = await cast.author.say(channel, 'an old secret @everyone');
  await cast.author.postData(`/send/${channel}`, withFiles({ 'a.png': PIXEL }));
  const image = (await cast.author.messages(channel)).at(-1)?.filename ?? '';
  await cast.former.post(`/private_channels/${id}/leave`);
  await cast.author.postJson(`/private_channels/${id}/add_member`, { username: 'late' });
  return { id, channel, message, image };
}

const get =
  (path: string | ((place: Place) => string)): Row['ask'] =>
  (client, place) =>
    client.get(typeof path === 'string' ? path : path(place));

/** Everybody with an account may. */
const signedIn = (status: number): Row['statuses'] => [302, status, status, status, status, status, 302];
/** Everybody in the channel may. */
const inside = (status: number, refused = 403): Row['statuses'] => [
  302,
  status,
  status,
  refused,
  status,
  refused,
  302,
];
/** Everybody who can see the message may. */
const reading = (status: number, refused = 404): Row['statuses'] => [
  302,
  status,
  status,
  refused,
  refused,
  refused,
  302,
];
/** Only who wrote it may. */
const writing: Row['statuses'] = [302, 200, 403, 403, 403, 403, 302];

const ROWS: Record<string, Row> = {
  'login-submit': {
    ask: (client) => client.post('/login', { username: 'nobody-here', password: 'wrong' }),
    statuses: [200, 200, 200, 200, 200, 200, 200],
  },
  'signup-submit': {
    ask: (client) => client.post('/signup', { username: 'a b', password: 'x', confirm_password: 'x' }),
    statuses: [200, 200, 200, 200, 200, 200, 200],
  },
  logout: {
    // with a session of its own: the others are still needed
    ask: async (client) =>
      client.cookie && client !== cast.gone
        ? (await logIn(people.door, client.username)).get('/logout')
        : client.get('/logout'),
    statuses: signedIn(302),
  },
  'chat-index': { ask: get('/'), statuses: signedIn(200) },
  'channels-list': { ask: get('/channels'), statuses: signedIn(200) },
  'channels-unreads': { ask: get('/channel_unreads'), statuses: signedIn(200) },
  'channel-members': { ask: get(({ channel }) => `/channel_members/${channel}`), statuses: inside(200) },
  'messages-list': { ask: get(({ channel }) => `/messages/${channel}`), statuses: inside(200) },
  'messages-before': {
    ask: get(({ channel }) => `/messages_before/${channel}?before=1e12`),
    statuses: inside(200),
  },
  'messages-send': {
    ask: (client, { channel }) => client.post(`/send/${channel}`, { text: 'me too' }),
    statuses: inside(200),
  },
  'messages-get': { ask: get(({ message }) => `/message/${message}`), statuses: reading(200) },
  'messages-edit': {
    ask: (client, { message }) => client.post(`/edit/${message}`, { text: 'changed' }),
    statuses: writing,
  },
  'messages-delete': { ask: (client, { message }) => client.post(`/delete/${message}`), statuses: writing },
  'messages-search': { ask: get('/search_messages?q=secret'), statuses: signedIn(200) },
  'mentions-list': { ask: get('/mentions'), statuses: signedIn(200) },
  react: {
    ask: (client, { message }) => client.post(`/react/${message}`, { reaction: 'eyes' }),
    statuses: reading(200),
  },
  'users-list': { ask: get('/users'), statuses: signedIn(200) },
  'user-colors': { ask: get('/user_colors'), statuses: signedIn(200) },
  'user-avatars': { ask: get('/user_avatars'), statuses: signedIn(200) },
  'profile-get': { ask: get('/profile/author'), statuses: signedIn(200) },
  'online-users': { ask: get('/online_users'), statuses: signedIn(200) },
  'presence-update': {
    ask: (client) => client.postJson('/presence', { state: 'active' }),
    statuses: signedIn(204),
  },
  'presence-override-get': { ask: get('/presence/override'), statuses: signedIn(200) },
  'presence-override-set': {
    ask: (client) => client.postJson('/presence/override', { override: null }),
    statuses: signedIn(200),
  },
  'typing-list': { ask: get(({ channel }) => `/typing/${channel}`), statuses: signedIn(200) },
  'typing-report': {
    ask: (client, { channel }) => client.post(`/typing/${channel}`),
    statuses: [204, 204, 204, 204, 204, 204, 204],
  },
  'dms-list': { ask: get('/dms'), statuses: signedIn(200) },
  'dms-close': {
    ask: (client) => client.postJson('/dms/close', { channel: 'dm:author:member' }),
    statuses: [302, 204, 204, 403, 403, 403, 302],
  },
  'unread-count': { ask: get('/unread_count'), statuses: signedIn(200) },
  'mark-read': { ask: (client, { channel }) => client.post(`/mark_read/${channel}`), statuses: inside(204) },
  'read-receipts': { ask: get(({ channel }) => `/read_receipts/${channel}`), statuses: inside(200) },
  'last-read': { ask: get(({ channel }) => `/last_read/${channel}`), statuses: inside(200) },
  'private-create': {
    ask: (client) => client.postJson('/private_channels/create', { name: 'mine' }),
    statuses: signedIn(200),
  },
  'private-list': { ask: get('/private_channels'), statuses: signedIn(200) },
  'private-rename': {
    ask: (client, { id }) => client.postJson(`/private_channels/${id}/rename`, { name: 'renamed' }),
    statuses: inside(200),
  },
  'private-add-member': {
    ask: (client, { id }) => client.postJson(`/private_channels/${id}/add_member`, { username: 'author' }),
    statuses: inside(409),
  },
  'private-members': { ask: get(({ id }) => `/private_channels/${id}/members`), statuses: inside(200) },
  'private-leave': {
    ask: (client, { id }) => client.post(`/private_channels/${id}/leave`),
    statuses: inside(204),
  },
  'settings-get': { ask: get('/settings'), statuses: signedIn(200) },
  'settings-update': { ask: (client) => client.post('/settings'), statuses: signedIn(204) },
  'change-password': {
    ask: (client) => client.post('/change-password', { current_password: 'wrong' }),
    statuses: signedIn(400),
  },
  'delete-account': {
    ask: (client) => client.postJson('/delete_account', { type: 'soft', password: 'wrong' }),
    statuses: signedIn(403),
  },
  'file-get': { ask: get(({ image }) => `/files/${image}`), statuses: reading(200) },
  'avatar-get': { ask: get('/avatar/author'), statuses: signedIn(404) },
  'avatar-upload': { ask: (client) => client.post('/avatar'), statuses: signedIn(400) },
  'avatar-delete': { ask: (client) => client.delete('/avatar'), statuses: signedIn(204) },
  events: {
    // HEAD: the stream itself would not end
    ask: (client, { channel }) => client.ask('HEAD', `/events?channel=${channel}`),
    statuses: inside(200),
  },
  'link-preview': { ask: get('/link_preview'), statuses: signedIn(200) },
};

describe('access', () => {
  test.each(minimost.routes.filter((route) => route.handle).map((route) => route.id))('to %s', async (id) => {
    const row = ROWS[id];
    if (!row) throw new Error(`${id} needs a row that says who may call it`);
    const place = await makePlace();
    const statuses: Partial<Record<Who, number>> = {};
    // whoever may do most comes last, or a deletion would take the message away from the others
    for (const who of [...CAST].reverse()) {
      const client = who === 'anonymous' ? new MinimostClient(people.door) : cast[who];
      const { cookie } = client;
      statuses[who] = (await row.ask(client, place)).status;
      client.cookie = cookie;
    }
    expect(statuses).toEqual(Object.fromEntries(CAST.map((who, index) => [who, row.statuses[index]])));
  });

  test('has no rows for routes that are gone', () => {
    const known = new Set(minimost.routes.map((route) => route.id));
    expect(Object.keys(ROWS).filter((id) => !known.has(id))).toEqual([]);
  });

  test('of lists is decided inside them: nothing of a channel reaches those outside or too late', async () => {
    const place = await makePlace();
    const word = `word${place.id}`;
    await cast.author.post(`/edit/${place.message}`, { text: `${word} @everyone` });
    const sees = async (who: Exclude<Who, 'anonymous' | 'gone'>) => ({
      found: (await cast[who].read<unknown[]>(`/search_messages?q=${word}`)).length,
      mentioned: (await cast[who].read<{ id: number }[]>('/mentions')).some(({ id }) => id === place.message),
      rows: (await cast[who].get(`/messages/${place.channel}`)).text.includes(word),
      listed: (await cast[who].read<{ id: number }[]>('/private_channels')).some(({ id }) => id === place.id),
    });
    expect(await sees('member')).toEqual({ found: 1, mentioned: true, rows: true, listed: true });
    expect(await sees('late')).toEqual({ found: 0, mentioned: false, rows: false, listed: true });
    for (const who of ['outsider', 'former'] as const) {
      expect(await sees(who), who).toEqual({ found: 0, mentioned: false, rows: false, listed: false });
    }
  });
});
