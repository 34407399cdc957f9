import { encodeRequest, once } from './connection.ts';
import { PASSWORD, type Person } from './people.ts';

const JSON_BODY = { 'Content-Type': 'application/json' };

/** Somebody who has signed in through the MikroChat API. */
export type Caller = Person & { token: string };

/** Makes an account by email, or signs in to it. */
export async function callerOf(base: URL, email: string): Promise<Caller> {
  for (const path of ['/auth/register', '/auth/password-login']) {
    const answer = await once(base, {
      method: 'POST',
      path,
      headers: JSON_BODY,
      body: JSON.stringify({ email, password: PASSWORD }),
    });
    if (answer.status !== 200) continue;
    const { accessToken: token } = JSON.parse(answer.body.toString()) as { accessToken: string };
    return { name: email, token, headers: { Authorization: `Bearer ${token}` } };
  }
  throw new Error(`no token for ${email}`);
}

/** The public channels' ids by name. */
export async function channelsOf(base: URL, { headers }: Caller): Promise<Map<string, string>> {
  const answer = await once(base, { path: '/channels', headers });
  const { channels } = JSON.parse(answer.body.toString()) as { channels: { id: string; name: string }[] };
  return new Map(channels.map(({ id, name }) => [name.toLowerCase(), id]));
}

export function sendRequest(base: URL, { headers }: Person, channelId: string, content: string): Buffer {
  return encodeRequest(base, {
    method: 'POST',
    path: `/channels/${channelId}/messages`,
    headers: { ...JSON_BODY, ...headers },
    body: JSON.stringify({ content }),
  });
}
