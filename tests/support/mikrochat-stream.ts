import type { MikrochatClient, MikroMessage } from '#tests/support/mikrochat-client';
import { type Frame, StreamFollower } from '#tests/support/stream-follower';

export type MikroEvent = { id: string; type: string; payload: Record<string, unknown> };

/** `GET /events`, which tells everything its reader may know, from now on; after a break, what was missed. */
export class MikrochatStream {
  readonly follower: StreamFollower;
  readonly #events: MikroEvent[] = [];
  #read = 0;

  constructor(client: MikrochatClient) {
    const token = encodeURIComponent(client.tokens.accessToken);
    this.follower = new StreamFollower(`${client.door.base}${client.base}/events?token=${token}`);
  }

  get events(): readonly MikroEvent[] {
    const { frames } = this.follower;
    for (; this.#read < frames.length; this.#read++) {
      const { id, data } = frames[this.#read] as Frame;
      this.#events.push({ id, ...(JSON.parse(data) as Omit<MikroEvent, 'id'>) });
    }
    return this.#events;
  }

  /** The payloads of one type, in the order they came. */
  ofType<T = Record<string, unknown>>(...types: string[]): T[] {
    return this.events.filter(({ type }) => types.includes(type)).map(({ payload }) => payload as T);
  }

  /** What people newly said in a channel or a conversation, in the order it came. */
  sent(placeId: string): MikroMessage[] {
    return this.ofType<MikroMessage>('NEW_MESSAGE', 'NEW_DM_MESSAGE').filter(
      ({ channelId }) => channelId === placeId,
    );
  }
}
