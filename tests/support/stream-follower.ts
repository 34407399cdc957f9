import { type ClientRequest, get } from 'node:http';

/** One event of a stream, as it was written. */
export type Frame = { event: string; id: string; data: string };

/** How soon it asks again. A browser waits as long as the server tells it: no test has that time. */
const RETRY_MS = 50;

/**
 * Reads a server-sent stream as a browser's EventSource does: remembers the newest id, and after every break asks
 * again with it. Gives up only when it is refused (4xx), or when the stream says itself that it is over.
 */
export class StreamFollower {
  readonly frames: Frame[] = [];
  /** how often it was answered with a stream */
  connections = 0;
  /** why it gave up: a status or an event's name; null while it goes on */
  ended: string | null = null;
  #lastId = '';
  #request: ClientRequest | undefined;

  constructor(
    private readonly url: string,
    private readonly cookie = '',
  ) {
    this.#connect();
  }

  close(): void {
    this.ended ??= 'closed';
    this.#request?.destroy();
  }

  /** Loses its connection, as a reader on a train does, and comes back. */
  drop(): void {
    this.#request?.destroy();
  }

  #connect(): void {
    if (this.ended) return;
    const headers = {
      ...(this.cookie && { cookie: this.cookie }),
      accept: 'text/event-stream',
      ...(this.#lastId && { 'last-event-id': this.#lastId }),
    };
    this.#request = get(this.url, { agent: false, headers }, (answer) => {
      const { statusCode = 0 } = answer;
      if (statusCode === 200) this.connections++;
      else if (statusCode < 500) this.ended = String(statusCode);
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        const blocks = (text + chunk).split('\n\n');
        text = blocks.pop() ?? '';
        if (statusCode === 200) for (const block of blocks) this.#take(block);
      });
      answer.on('error', () => {});
      answer.on('close', () => this.#comeBack());
    });
    this.#request.on('error', () => this.#comeBack());
  }

  /** Called once per connection, however it broke. */
  #comeBack(): void {
    if (!this.#request) return;
    this.#request = undefined;
    setTimeout(() => this.#connect(), RETRY_MS).unref();
  }

  #take(block: string): void {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
      fields.set(name, value);
    }
    this.#lastId = fields.get('id') ?? this.#lastId;
    const event = fields.get('event') ?? 'message';
    if (event === 'serialized-error') this.ended = event;
    const data = fields.get('data');
    if (data) this.frames.push({ event, id: this.#lastId, data });
  }
}
