import type { MessageRow } from '#tests/support/minimost-client';
import { type Frame, StreamFollower } from '#tests/support/stream-follower';

/** `GET /events` of one channel, from a moment on (seconds). */
export class MinimostStream {
  readonly follower: StreamFollower;
  readonly #rows: MessageRow[] = [];
  #read = 0;

  constructor(baseUrl: string, cookie: string, channel: string, after = 0) {
    const query = new URLSearchParams({ channel, after: String(after) });
    this.follower = new StreamFollower(`${baseUrl}/events?${query}`, cookie);
  }

  /** Every row that came, in the order it came: one that changed comes again. */
  get rows(): readonly MessageRow[] {
    const { frames } = this.follower;
    for (; this.#read < frames.length; this.#read++) {
      const { event, data } = frames[this.#read] as Frame;
      if (event === 'messages') this.#rows.push(...(JSON.parse(data) as MessageRow[]));
    }
    return this.#rows;
  }
}
