// The web app's side of a conversation without a browser: its calls and its stream, as its pages make them.
import { createTRPCClient, httpLink } from '@trpc/client';
import superjson from 'superjson';
import type { Message } from '#server/domain/messages/message';
import type { LiveItem } from '#server/trpc/present-delivery';
import type { AppRouter } from '#server/trpc/root';
import { type Frame, StreamFollower } from '#tests/support/stream-follower';

export type WebApp = ReturnType<typeof webApp>;

/** The web app of whoever the cookie signs in. */
export function webApp(baseUrl: string, cookie: string) {
  const url = `${baseUrl}/api/trpc`;
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url, transformer: superjson, headers: { cookie } })],
  });
}

/** The web app's stream, from an event on (0: from the beginning of what is kept). */
export class WebStream {
  readonly follower: StreamFollower;
  readonly #items: LiveItem[] = [];
  #read = 0;

  constructor(baseUrl: string, cookie: string, after: number) {
    const input = encodeURIComponent(JSON.stringify(superjson.serialize({ lastEventId: String(after) })));
    this.follower = new StreamFollower(`${baseUrl}/api/trpc/live.events?input=${input}`, cookie);
  }

  get items(): readonly LiveItem[] {
    const { frames } = this.follower;
    for (; this.#read < frames.length; this.#read++) {
      const { event, data } = frames[this.#read] as Frame;
      if (event === 'message') this.#items.push(superjson.deserialize<LiveItem>(JSON.parse(data)));
    }
    return this.#items;
  }

  /** What people newly said in a conversation, in the order it came. */
  sent(conversationId: number): Message[] {
    return this.items.flatMap((item) => {
      if (item.kind !== 'event' || item.event.type !== 'message_sent') return [];
      if (item.event.conversationId !== conversationId) return [];
      return (item.messages ?? []).filter(({ kind }) => kind === 'text');
    });
  }

  /** The newest form of every message of a conversation that came at all, in the order of their first coming. */
  copy(conversationId: number): Message[] {
    const copy = new Map<number, Message>();
    for (const item of this.items) {
      for (const message of (item.kind === 'event' && item.messages) || []) {
        if (message.conversationId === conversationId) copy.set(message.id, message);
      }
    }
    return [...copy.values()];
  }
}
