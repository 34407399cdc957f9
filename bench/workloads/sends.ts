import { encodeRequest } from '../lib/connection.ts';
import { load } from '../lib/load.ts';
import { FORM } from '../lib/people.ts';
import type { Bench } from '../run.ts';

/** Durable sends by one, 16 and 64 clients, most of them into one channel. */
export async function sends({ base, server, people, report }: Bench): Promise<void> {
  const channels = ['general', 'general', 'general', 'software', 'systems'];
  const requests = people.flatMap(({ headers }) =>
    channels.map((channel) =>
      encodeRequest(base, {
        method: 'POST',
        path: `/send/${channel}`,
        headers: { ...FORM, ...headers },
        body: new URLSearchParams({ text: 'the build is green again, shipping the release now' }).toString(),
      }),
    ),
  );
  for (const clients of [1, 16, 64]) {
    const next = (client: number, turn: number) => requests[(client * 7 + turn) % requests.length] as Buffer;
    report({ workload: 'send', clients, ...(await load({ server, clients, next })) });
  }
}
