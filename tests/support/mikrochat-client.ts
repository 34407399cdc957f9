import type { Answer, Door } from '#tests/support/door';
import { holdToMikrochat } from '#tests/support/hold-to-table';

export const PASSWORD = 'Passw0rd!';

type Headers = Record<string, string>;

/** What a message looks like to a client of this API. */
export type MikroMessage = {
  id: string;
  channelId: string;
  author: { id: string; userName: string; isBot?: true };
  content: string;
  images: string[];
  reactions: Record<string, string[]>;
  createdAt: number;
  updatedAt: number | null;
  threadId?: string;
  threadMeta?: {
    replyCount: number;
    lastReplyAt: number;
    lastReplyBy: { id: string; userName: string };
    participants: string[];
  };
  attachments?: { filename: string; originalName: string; contentType: string; size: number }[];
  quotedMessageId?: string | null;
  mentions?: string[];
  pinnedAt?: number;
};

export type MikroChannel = { id: string; name: string; isPrivate?: boolean };

export type TokenPair = { accessToken: string; refreshToken: string; exp: number; tokenType: 'Bearer' };

/**
 * A program written for the MikroChat API: keeps its token and is asked by path, at the root or below `base`
 * (`/compat/mikrochat`). Throws when an answer isn't one that the table documents.
 */
export class MikrochatClient {
  tokens: TokenPair = { accessToken: '', refreshToken: '', exp: 0, tokenType: 'Bearer' };
  id = '';
  userName = '';

  constructor(
    readonly door: Door,
    readonly base = '',
  ) {}

  /** The same person under another base. */
  at(base: string): MikrochatClient {
    return Object.assign(new MikrochatClient(this.door, base), {
      tokens: this.tokens,
      id: this.id,
      userName: this.userName,
    });
  }

  /** A string is sent as it is, anything else as JSON. */
  async ask(method: string, path: string, value?: unknown, headers: Headers = {}): Promise<Answer> {
    const body =
      value === undefined
        ? undefined
        : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
    const answer = await this.door.ask({
      method,
      path: this.base + path,
      body,
      headers: {
        // as the original client does, with and without a body
        'content-type': 'application/json',
        ...(this.tokens.accessToken ? { authorization: `Bearer ${this.tokens.accessToken}` } : {}),
        ...headers,
      },
    });
    // without a token, four paths of the root belong to another API
    if (this.base || this.tokens.accessToken) {
      holdToMikrochat(method, path, answer);
      if (answer.status >= 400 && method !== 'HEAD') holdToErrors(answer);
    }
    return answer;
  }

  /** What a call answers as JSON. Throws on anything but 200. */
  async call<T = Record<string, unknown>>(method: string, path: string, value?: unknown): Promise<T> {
    const answer = await this.ask(method, path, value);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text) as T;
  }

  read<T = Record<string, unknown>>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  /** The status alone. */
  async statusOf(method: string, path: string, value?: unknown): Promise<number> {
    return (await this.ask(method, path, value)).status;
  }

  /** Takes the pair that a way of signing in answered, and learns who it is for. */
  async signedInWith(answer: Answer): Promise<this> {
    if (answer.status !== 200) throw new Error(`signing in: ${answer.status} ${answer.text}`);
    this.tokens = JSON.parse(answer.text) as TokenPair;
    const { user } = await this.read<{ user: { id: string; userName: string } }>('/auth/me');
    this.id = user.id;
    this.userName = user.userName;
    return this;
  }

  async channels(): Promise<MikroChannel[]> {
    return (await this.read<{ channels: MikroChannel[] }>('/channels')).channels;
  }

  /** A public channel by its name, or a private one of the actor's. */
  async channelNamed(name: string): Promise<string> {
    const found = (await this.channels()).find(
      (channel) => channel.name.toLowerCase() === name.toLowerCase(),
    );
    if (!found) throw new Error(`no channel ${name}`);
    return found.id;
  }

  /** Sends into a channel or a conversation (`dm:…`). */
  async say(placeId: string, content: string, more: object = {}): Promise<MikroMessage> {
    const path = `${placePath(placeId)}/messages`;
    return (await this.call<{ message: MikroMessage }>('POST', path, { content, ...more })).message;
  }

  async messages(placeId: string, query = ''): Promise<MikroMessage[]> {
    return (await this.read<{ messages: MikroMessage[] }>(`${placePath(placeId)}/messages${query}`)).messages;
  }

  async message(placeId: string, id: string): Promise<MikroMessage> {
    const found = (await this.messages(placeId, '?limit=200')).find((message) => message.id === id);
    if (!found) throw new Error(`no message ${id} in ${placeId}`);
    return found;
  }

  async reply(parentId: string, content: string, more: object = {}): Promise<MikroMessage> {
    const path = `/messages/${parentId}/thread`;
    return (await this.call<{ reply: MikroMessage }>('POST', path, { content, ...more })).reply;
  }

  async replies(parentId: string): Promise<MikroMessage[]> {
    return (await this.read<{ replies: MikroMessage[] }>(`/messages/${parentId}/thread`)).replies;
  }

  /** The id of the conversation with somebody, made if it isn't there. */
  async converse(targetUserId: string): Promise<string> {
    type Opened = { conversation: { id: string } };
    return (await this.call<Opened>('POST', '/conversations', { targetUserId })).conversation.id;
  }
}

/** Every refusal is JSON with a sentence (MK-04). */
function holdToErrors({ status, text }: Answer): void {
  const { error } = JSON.parse(text);
  if (typeof error !== 'string' || error === '') throw new Error(`${status} says nothing: ${text}`);
}

export function placePath(placeId: string): string {
  return placeId.startsWith('dm:') ? `/conversations/${placeId}` : `/channels/${placeId}`;
}

/** Makes an account by email and returns its client, signed in. */
export async function register(door: Door, email: string, password = PASSWORD): Promise<MikrochatClient> {
  const client = new MikrochatClient(door);
  return client.signedInWith(await client.ask('POST', '/auth/register', { email, password }));
}

/** Signs somebody in, by email or, for who signed up in another face, by username. */
export async function signIn(door: Door, email: string, password = PASSWORD): Promise<MikrochatClient> {
  const client = new MikrochatClient(door);
  return client.signedInWith(await client.ask('POST', '/auth/password-login', { email, password }));
}
