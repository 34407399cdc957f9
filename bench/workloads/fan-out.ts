import { encodeRequest } from '../lib/connection.ts';
import { deliver } from '../lib/deliver.ts';
import { FORM } from '../lib/people.ts';
import type { Bench } from '../run.ts';

const PER_SECOND = 20;
const SECONDS = 6;

/** The web app's stream: everything its reader may know. */
const WEB = { name: 'fan-out', path: () => '/api/trpc/live.events' };

/** Minimost's: one channel, and lists that are read again for each reader. From now on, or it begins with all history. */
const MINIMOST = {
  name: 'Minimost fan-out',
  path: () => `/events?channel=general&after=${Date.now() / 1_000}`,
};

/** How long a message takes from the writing of its request to each of many open streams. */
export async function fanOut({ base, people, report }: Bench): Promise<void> {
  for (const [kind, subscribers] of [
    [WEB, 200],
    [WEB, 1_000],
    [MINIMOST, 200],
  ] as const) {
    const { deliveriesPerSecond: _, ...result } = await deliver({
      base,
      people,
      subscribers,
      perSecond: PER_SECOND,
      seconds: SECONDS,
      streamPath: kind.path,
      send: ({ headers }, text) =>
        encodeRequest(base, {
          method: 'POST',
          path: '/send/general',
          headers: { ...FORM, ...headers },
          body: new URLSearchParams({ text }).toString(),
        }),
    });
    report({ workload: `${kind.name} at ${PER_SECOND}/s`, clients: subscribers, ...result });
  }
}
