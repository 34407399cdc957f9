// People who are in every face at once: one account, one password, three clients.
import { expect } from 'vitest';
import type { Message } from '#server/domain/messages/message';
import type { Door } from '#tests/support/door';
import { type MikrochatClient, type MikroMessage, signIn } from '#tests/support/mikrochat-client';
import { MikrochatStream } from '#tests/support/mikrochat-stream';
import { type MessageRow, type MinimostClient, signUp } from '#tests/support/minimost-client';
import { MinimostStream } from '#tests/support/minimost-stream';
import { type WebApp, WebStream, webApp } from '#tests/support/web-app';

export type Everywhere = {
  name: string;
  id: number;
  minimost: MinimostClient;
  mikrochat: MikrochatClient;
  web: WebApp;
};

/** A conversation as each face calls it: web by id, Minimost by `channel`, MikroChat by `place`. */
export type Place = { id: number; channel: string; place: string };

/** Signs somebody up in Minimost and in everywhere else with the same password. */
export async function join(door: Door, name: string): Promise<Everywhere> {
  const minimost = await signUp(door, name);
  const mikrochat = await signIn(door, name);
  return { name, id: Number(mikrochat.id), minimost, mikrochat, web: webApp(door.base, minimost.cookie) };
}

export async function publicPlace({ web }: Everywhere, name: string): Promise<Place> {
  const found = (await web.conversations.list.query()).find(
    (one) => one.visibility === 'public' && one.name === name,
  );
  if (!found) throw new Error(`no channel ${name}`);
  return { id: found.id, channel: name, place: String(found.id) };
}

export async function privatePlace(owner: Everywhere, others: Everywhere[]): Promise<Place> {
  const accountIds = others.map(({ id }) => id);
  const name = `private ${crypto.randomUUID().slice(0, 8)}`;
  await owner.web.conversations.createPrivate.mutate({ name, accountIds });
  const found = (await owner.web.conversations.list.query()).find((one) => one.name === name);
  if (!found) throw new Error('the private channel is not there');
  return { id: found.id, channel: `private:${found.id}`, place: String(found.id) };
}

export async function directPlace(one: Everywhere, other: Everywhere): Promise<Place> {
  const place = await one.mikrochat.converse(other.mikrochat.id);
  const id = await one.web.conversations.openDirect.mutate({ accountIds: [other.id] });
  const [first, second] = [one.name, other.name].sort();
  return { id, channel: `dm:${first}:${second}`, place };
}

export async function sayInWeb(
  { web }: Everywhere,
  { id }: Place,
  text: string,
  more: Partial<Parameters<WebApp['messages']['send']['mutate']>[0]> = {},
): Promise<Message> {
  const clientKey = crypto.randomUUID();
  const [message] = await web.messages.send.mutate({
    conversationId: id,
    entries: [{ text }],
    clientKey,
    ...more,
  });
  return message as Message;
}

/** One reader's three streams. */
export class Ears {
  readonly web: WebStream;
  readonly minimost: MinimostStream;
  readonly mikrochat: MikrochatStream;

  private constructor(reader: Everywhere, { channel }: Place, cursor: number, since: number) {
    const { base } = reader.minimost.door;
    this.web = new WebStream(base, reader.minimost.cookie, cursor);
    this.minimost = new MinimostStream(base, reader.minimost.cookie, channel, since);
    this.mikrochat = new MikrochatStream(reader.mikrochat);
  }

  /** Everything from now on; Minimost's stream is of one place. */
  static async open(reader: Everywhere, place: Place): Promise<Ears> {
    const { cursor } = await reader.web.session.bootstrap.query();
    const ears = new Ears(reader, place, cursor, await reader.minimost.cursor(place.channel));
    await until(() => ears.followers.every(({ connections }) => connections > 0));
    await until(() => ears.mikrochat.events.some(({ type }) => type === 'CONNECTED'));
    return ears;
  }

  get followers() {
    return [this.web.follower, this.minimost.follower, this.mikrochat.follower];
  }

  close(): void {
    for (const follower of this.followers) follower.close();
  }

  /** The newest form of a message in each face, as far as it has come. */
  heard(placeId: number, id: number) {
    return {
      web: this.web.copy(placeId).find((message) => message.id === id),
      minimost: this.minimost.rows.findLast((row) => row.id === id) as MessageRow | undefined,
      mikrochat: this.mikrochat
        .ofType<MikroMessage>('NEW_MESSAGE', 'UPDATE_MESSAGE', 'NEW_DM_MESSAGE', 'UPDATE_DM_MESSAGE')
        .findLast((message) => message.id === String(id)),
    };
  }
}

export async function until(holds: () => boolean, timeout = 5_000): Promise<void> {
  await expect.poll(holds, { timeout, interval: 10 }).toBe(true);
}
