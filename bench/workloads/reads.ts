import { encodeRequest, once } from '../lib/connection.ts';
import { WORDS } from '../lib/history.ts';
import { load } from '../lib/load.ts';
import type { Bench } from '../run.ts';

/** The newest 50 messages, what changed since the newest 50, unread counts (far behind, then caught up), search. */
export async function reads({ base, server, people, report }: Bench): Promise<void> {
  const reader = people[0];
  if (!reader) throw new Error('nobody to read');
  const ask = (path: string) => people.map(({ headers }) => encodeRequest(base, { path, headers }));
  const measure = async (name: string, path: string, clients: number) => {
    const requests = ask(path);
    const next = (client: number, turn: number) => requests[(client + turn) % requests.length] as Buffer;
    report({ workload: name, clients, ...(await load({ server, clients, next })) });
  };

  const answer = await once(base, { path: '/messages/general?limit=50', headers: reader.headers });
  const newest: { ts: number }[] = JSON.parse(answer.body.toString());
  const before = Math.min(...newest.map(({ ts }) => ts)) - 0.00001;
  await measure('latest 50', '/messages/general?limit=50', 16);
  await measure('after, 50 changed', `/messages/general?after=${before}`, 16);
  await measure('after, nothing new', `/messages/general?after=${Date.now() / 1000 + 3600}`, 16);
  await measure('unread, 100,000 behind', '/channel_unreads', 16);
  for (const person of people) {
    for (const name of ['general', 'software', 'firmware', 'systems', 'off-topic']) {
      await once(base, { method: 'POST', path: `/mark_read/${name}`, headers: person.headers });
    }
  }
  await measure('unread, caught up', '/channel_unreads', 16);
  for (const [kind, word] of Object.entries(WORDS)) {
    await measure(`search, ${kind}`, `/search_messages?q=${word}`, 1);
  }
  await measure('search, two letters', '/search_messages?q=li', 1);
  await measure('search, two letters, miss', '/search_messages?q=zz', 1);
}
