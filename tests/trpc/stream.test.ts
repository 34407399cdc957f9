import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { createTRPCClient, httpSubscriptionLink, TRPCClientError } from '@trpc/client';
import superjson from 'superjson';
import { Agent, type Dispatcher, EventSource } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { sendSignal } from '#server/domain/kernel/signals';
import { sendMessage } from '#server/domain/messages/send-message';
import { endSession } from '#server/domain/sessions/end-sessions';
import { closeHub } from '#server/live/hub';
import { prisma } from '#server/platform/database';
import type { LiveItem } from '#server/trpc/present-delivery';
import { answerTrpc, answerTrpcRequest } from '#server/trpc/respond';
import type { AppRouter } from '#server/trpc/root';
import { presentPosition } from '#tests/support/listening';
import { newcomers, openChannels } from '#tests/support/people';
import { say } from '#tests/support/say';
import { cookieOf } from '#tests/trpc/doors';

let alice: Actor;
let bob: Actor;
let general: number;
const servers: { name: string; server: Server; url: string }[] = [];
const followers: Follower[] = [];

beforeAll(async () => {
  await openChannels('general');
  [alice, bob] = await newcomers('alice', 'bob');
  const channel = await prisma.conversation.findUniqueOrThrow({ where: { configuredName: 'general' } });
  general = Number(channel.id);
  const listeners = {
    main: answerTrpc,
    next: getRequestListener(answerTrpcRequest, { overrideGlobalObjects: false }),
  };
  for (const [name, listener] of Object.entries(listeners)) {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push({
      name,
      server,
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/trpc`,
    });
  }
});

afterEach(() => {
  for (const follower of followers.splice(0)) follower.leave();
});

afterAll(async () => {
  await closeHub();
  for (const { server } of servers) {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
});

/** tRPC's own client on the stream, as in the web app, with an EventSource that sends a cookie. */
class Follower {
  readonly items: { id: string | undefined; item: LiveItem }[] = [];
  readonly states: string[] = [];
  error: unknown = null;
  completed = false;
  readonly leave: () => void;

  constructor(url: string, headers: Record<string, string>, cursor: number) {
    const signedIn = (dispatch: Dispatcher['dispatch']): Dispatcher['dispatch'] => {
      return (options, handler) =>
        dispatch({ ...options, headers: { ...(options.headers as object), ...headers } }, handler);
    };
    const dispatcher = new Agent().compose(signedIn);
    const client = createTRPCClient<AppRouter>({
      links: [
        httpSubscriptionLink({
          url,
          transformer: superjson,
          EventSource,
          eventSourceOptions: { dispatcher },
        }),
      ],
    });
    const subscription = client.live.events.subscribe(
      { lastEventId: String(cursor) },
      {
        onData: (data) => {
          const tracked = 'data' in data;
          this.items.push({ id: tracked ? data.id : undefined, item: tracked ? data.data : data });
        },
        onConnectionStateChange: ({ state }) => this.states.push(state),
        onError: (error) => {
          this.error = error;
        },
        onComplete: () => {
          this.completed = true;
        },
      },
    );
    this.leave = () => subscription.unsubscribe();
    followers.push(this);
  }

  get texts(): (string | null)[] {
    return this.messages.map(({ text }) => text);
  }

  get messages() {
    return this.items.flatMap(({ item }) => (item.kind === 'event' ? (item.messages ?? []) : []));
  }

  async until(holds: (follower: this) => boolean, withinMs = 8_000): Promise<void> {
    for (const begin = performance.now(); !holds(this); await delay(5)) {
      if (performance.now() - begin > withinMs) {
        throw new Error(`waited in vain; ${JSON.stringify(this.items)} ${this.states} ${this.error}`);
      }
    }
  }
}

async function follow(url: string, actor: Actor, cursor?: number): Promise<Follower> {
  return new Follower(url, await cookieOf(actor), cursor ?? (await presentPosition()));
}

describe.each(['main', 'next'])('the stream through the %s door', (name) => {
  const door = () => servers.find((one) => one.name === name) as (typeof servers)[number];

  it('brings events with ids to resume from, and signals without', async () => {
    const follower = await follow(door().url, alice);
    await say(bob, general, 'hello');
    await follower.until(({ texts }) => texts.includes('hello'));
    const typing = { type: 'typing', conversationId: general, accountId: bob.accountId } as const;
    sendSignal(typing);
    await follower.until(({ items }) => items.some(({ item }) => item.kind === 'signal'));
    const [event, signal] = follower.items;
    expect(event).toMatchObject({ item: { kind: 'event', event: { type: 'message_sent' } } });
    expect(event?.item).toMatchObject({ id: Number(event?.id) });
    expect(signal).toEqual({ id: undefined, item: { kind: 'signal', signal: typing } });
  });

  it('shows a client key to whoever sent it, and to nobody else', async () => {
    const [own, other] = [await follow(door().url, alice), await follow(door().url, bob)];
    const clientKey = `key of ${name}`;
    await sendMessage(alice, { conversationId: general, entries: [{ text: 'keyed' }], clientKey });
    for (const one of [own, other]) await one.until(({ texts }) => texts.includes('keyed'));
    expect(own.messages.map((message) => message.clientKey)).toEqual([clientKey]);
    expect(other.messages.map((message) => message.clientKey)).toEqual([null]);
  });

  it('goes on where it was cut, signals or not, and neither loses nor repeats anything', async () => {
    const follower = await follow(door().url, alice);
    let writing = true;
    const sent: string[] = [];
    const writer = (async () => {
      for (let count = 0; writing; count++) {
        sent.push(`${name} ${count}`);
        await say(bob, general, `${name} ${count}`);
        if (count % 5 === 0) {
          sendSignal({ type: 'presence', accountId: bob.accountId, state: count % 2 ? 'idle' : 'active' });
        }
        await delay(5);
      }
    })();
    for (let cut = 0; cut < 2; cut++) {
      const before = follower.items.length;
      await follower.until(({ items }) => items.length > before + 5);
      door().server.closeAllConnections();
    }
    await delay(200);
    writing = false;
    await writer;
    await follower.until(({ texts }) => texts.includes(sent.at(-1) as string), 12_000);
    expect(follower.texts).toEqual(sent);
  }, 30_000);

  it('ends for good, and says so, when the session does', async () => {
    const headers = await cookieOf(alice);
    const session = await prisma.session.findFirstOrThrow({
      where: { accountId: alice.accountId },
      orderBy: { id: 'desc' },
    });
    const follower = new Follower(door().url, headers, await presentPosition());
    await say(bob, general, 'still here');
    await follower.until(({ texts }) => texts.includes('still here'));
    await endSession(alice, Number(session.id));
    await follower.until(({ error }) => error !== null);
    expect(follower.error).toBeInstanceOf(TRPCClientError);
    expect((follower.error as TRPCClientError<AppRouter>).data?.failure).toMatchObject({
      kind: 'unauthenticated',
    });
  });
});

describe('a reader that does not read', () => {
  it('is cut off before it costs much memory', async () => {
    const [main] = servers as [(typeof servers)[number]];
    const { cookie } = await cookieOf(alice);
    const { port } = main.server.address() as AddressInfo;
    const answered = new Promise<ServerResponse>((resolve) =>
      main.server.once('request', (_, res) => resolve(res)),
    );
    const socket = connect(port, '127.0.0.1').pause();
    socket.on('error', () => {});
    socket.write(`GET /api/trpc/live.events HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\n\r\n`);
    const response = await answered;
    await delay(50);
    const entries = Array.from({ length: 200 }, () => ({ text: 'x'.repeat(9_000) }));
    for (let count = 0; count < 10 && !response.destroyed; count++) {
      await sendMessage(bob, { conversationId: general, entries });
      await delay(50);
    }
    expect(response.destroyed).toBe(true);
    socket.destroy();
  }, 30_000);
});

describe('a server that stops', () => {
  it('ends its streams so that browsers come back', async () => {
    const [main] = servers;
    const follower = await follow(main?.url as string, alice);
    await say(bob, general, 'before the end');
    await follower.until(({ texts }) => texts.includes('before the end'));
    await closeHub();
    await follower.until(({ states }) => states.at(-1) === 'connecting');
    expect([follower.error, follower.completed]).toEqual([null, false]);
  });
});
