import { Connection, encodeRequest } from '../lib/connection.ts';
import { deliver } from '../lib/deliver.ts';
import { WORDS } from '../lib/history.ts';
import { load } from '../lib/load.ts';
import { type Caller, callerOf, channelsOf, sendRequest } from '../lib/mikrochat.ts';
import type { Bench } from '../run.ts';

/** One may have ten streams. */
const CALLERS = 100;
const TEXT = 'the build is green again, shipping the release now';
const STEADY = { perSecond: 20, seconds: 6 };
const RISING = [50, 60, 70, 80, 100, 120];

type Setting = Bench & { callers: Caller[]; channels: Map<string, string> };

/** The MikroChat API: sends, the newest 50, search, and streams up to as many deliveries a second as there can be. */
export async function mikrochat(bench: Bench): Promise<void> {
  const callers: Caller[] = [];
  for (let number = 0; number < CALLERS; number++)
    callers.push(await callerOf(bench.base, `bench${number}@bench.example`));
  const channels = await channelsOf(bench.base, callers[0] as Caller);
  const setting = { ...bench, callers, channels };
  await talkOn(setting);
  await reads(setting);
  await sends(setting);
  await fanOut(setting);
}

/** After so many newcomers the newest messages are greetings, which this API doesn't show. */
async function talkOn({ base, callers, channels }: Setting): Promise<void> {
  const connection = new Connection(base);
  for (const caller of callers)
    await connection.send(sendRequest(base, caller, channels.get('general') ?? '', TEXT));
  connection.close();
}

async function reads({ base, server, callers, channels, report }: Setting): Promise<void> {
  const measure = async (name: string, path: string, clients: number) => {
    const requests = callers.slice(0, 20).map(({ headers }) => encodeRequest(base, { path, headers }));
    const next = (client: number, turn: number) => requests[(client + turn) % requests.length] as Buffer;
    report({ workload: `MikroChat ${name}`, clients, ...(await load({ server, clients, next })) });
  };
  for (const clients of [16, 64])
    await measure('latest 50', `/channels/${channels.get('general')}/messages?limit=50`, clients);
  for (const [kind, word] of Object.entries(WORDS)) {
    await measure(`search, ${kind}`, `/search/messages?q=${word}`, 1);
  }
}

async function sends({ base, server, callers, channels, report }: Setting): Promise<void> {
  const names = ['general', 'general', 'general', 'software', 'systems'];
  const requests = callers
    .slice(0, 20)
    .flatMap((caller) => names.map((name) => sendRequest(base, caller, channels.get(name) ?? '', TEXT)));
  for (const clients of [1, 16, 64]) {
    const next = (client: number, turn: number) => requests[(client * 7 + turn) % requests.length] as Buffer;
    report({ workload: 'MikroChat send', clients, ...(await load({ server, clients, next })) });
  }
}

async function fanOut({ base, callers, channels, report }: Setting): Promise<void> {
  const general = channels.get('general') ?? '';
  const measure = async (subscribers: number, { perSecond, seconds }: typeof STEADY) => {
    const result = await deliver({
      base,
      people: callers,
      subscribers,
      perSecond,
      seconds,
      streamPath: () => '/events',
      send: (person, text) => sendRequest(base, person, general, text),
    });
    report({ workload: `MikroChat fan-out at ${perSecond}/s`, clients: subscribers, ...result });
    return result;
  };
  for (const subscribers of [50, 200, 1_000]) await measure(subscribers, STEADY);
  // as far as all arrive within a second
  for (const perSecond of RISING) {
    const { delivered, p99 } = await measure(1_000, { perSecond, seconds: 4 });
    if (delivered < 0.99 || p99 > 1_000) break;
  }
}
