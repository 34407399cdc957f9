import type { Answer, Door } from '#tests/support/door';
import { holdToTable } from '#tests/support/hold-to-table';

export const PASSWORD = 'Passw0rd!';

type Fields = Record<string, string>;
type Headers = Record<string, string>;
/** What a message looks like to a client of this API. */
export type MessageRow = {
  id: number;
  channel: string;
  sender: string;
  content: string | null;
  filename: string | null;
  ts: number;
  edited: 0 | 1;
  edited_ts: number | null;
  deleted: 0 | 1;
  deleted_ts: number | null;
  reply_to_id: number | null;
  reactions: string | null;
  reactions_ts: number | null;
  mentions: string | null;
};

/**
 * A program written for the Minimost API: keeps its cookie, follows nothing, is asked by path, and throws when an
 * answer isn't one that the table documents.
 */
export class MinimostClient {
  cookie = '';

  constructor(
    readonly door: Door,
    readonly username = '',
  ) {}

  async ask(method: string, path: string, body?: Buffer, headers: Headers = {}): Promise<Answer> {
    const answer = await this.door.ask({
      method,
      path,
      body,
      headers: { ...(this.cookie ? { cookie: this.cookie } : {}), ...headers },
    });
    holdToTable(method, path, answer);
    for (const cookie of answer.headers.getSetCookie()) this.cookie = cookie.split(';')[0] ?? '';
    return answer;
  }

  get(path: string, headers?: Headers): Promise<Answer> {
    return this.ask('GET', path, undefined, headers);
  }

  /** What a GET answers as JSON. Throws on anything but 200. */
  async read<T = unknown>(path: string): Promise<T> {
    const answer = await this.get(path);
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text) as T;
  }

  /** A form, urlencoded. */
  post(path: string, fields: Fields = {}, headers: Headers = {}): Promise<Answer> {
    return this.ask('POST', path, Buffer.from(new URLSearchParams(fields).toString()), {
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    });
  }

  postJson(path: string, value: unknown, headers: Headers = {}): Promise<Answer> {
    const body = typeof value === 'string' ? value : JSON.stringify(value);
    return this.ask('POST', path, Buffer.from(body), { 'content-type': 'application/json', ...headers });
  }

  /** A form, multipart, with whatever was appended. */
  async postData(path: string, data: FormData, headers: Headers = {}): Promise<Answer> {
    const encoded = new Response(data);
    const body = Buffer.from(await encoded.arrayBuffer());
    return this.ask('POST', path, body, {
      'content-type': encoded.headers.get('content-type') ?? '',
      ...headers,
    });
  }

  delete(path: string): Promise<Answer> {
    return this.ask('DELETE', path);
  }

  /** Sends a text and returns its row. Throws when it is refused. */
  async say(channel: string, text: string, more: Fields = {}): Promise<MessageRow> {
    const before = await this.cursor(channel);
    const answer = await this.post(`/send/${encodeURIComponent(channel)}`, { text, ...more });
    if (answer.status !== 200) throw new Error(`send: ${answer.status} ${answer.text}`);
    const rows = await this.messages(channel, before);
    const mine = rows.findLast((row) => row.sender === this.username && row.content === text.trimEnd());
    if (!mine) throw new Error('what was sent is not there');
    return mine;
  }

  messages(channel: string, after?: number | string): Promise<MessageRow[]> {
    const query = after === undefined ? '' : `?after=${encodeURIComponent(String(after))}`;
    return this.read(`/messages/${encodeURIComponent(channel)}${query}`);
  }

  async message(channel: string, id: number): Promise<MessageRow> {
    const row = (await this.messages(channel)).find((message) => message.id === id);
    if (!row) throw new Error(`no message ${id} in ${channel}`);
    return row;
  }

  /** The largest moment seen in a channel. */
  async cursor(channel: string): Promise<number> {
    return cursorOf(await this.messages(channel));
  }
}

export function cursorOf(rows: readonly MessageRow[], seen = 0): number {
  return rows.reduce(
    (latest, row) => Math.max(latest, row.ts, row.edited_ts ?? 0, row.reactions_ts ?? 0, row.deleted_ts ?? 0),
    seen,
  );
}

/** Signs somebody up and returns their client, signed in. */
export async function signUp(door: Door, username: string, password = PASSWORD): Promise<MinimostClient> {
  const client = new MinimostClient(door, username);
  const answer = await client.post('/signup', { username, password, confirm_password: password });
  if (answer.status !== 302) throw new Error(`signup of ${username}: ${answer.status} ${answer.text}`);
  return client;
}

/** Signs somebody in again, as another device. */
export async function logIn(door: Door, username: string, password = PASSWORD): Promise<MinimostClient> {
  const client = new MinimostClient(door, username);
  const answer = await client.post('/login', { username, password });
  if (answer.status !== 302) throw new Error(`login of ${username}: ${answer.status} ${answer.text}`);
  return client;
}

/** The smallest PNG there is: one pixel. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** A form with a text and files by name. */
export function withFiles(files: Record<string, Buffer | string>, text?: string, field = 'files'): FormData {
  const data = new FormData();
  if (text !== undefined) data.append('text', text);
  for (const [name, bytes] of Object.entries(files)) {
    data.append(field, new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name));
  }
  return data;
}
