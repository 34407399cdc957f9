import { setTimeout as delay } from 'node:timers/promises';
import type { Message } from '#server/domain/messages/message';
import type { History } from '#tests/chaos/history';
import type { Random } from '#tests/chaos/random';
import type { MikrochatClient } from '#tests/support/mikrochat-client';
import type { MessageRow, MinimostClient } from '#tests/support/minimost-client';
import { type WebApp, webApp } from '#tests/support/web-app';

const UNKNOWN_ID = 0;

/** One of a person's own live messages. */
type Own = { id: number; texts: string[] };

type Place = { id: number; channel: string };

/** Somebody who writes, edits, deletes and reacts at random until told to stop, and notes what was acknowledged. */
export abstract class Writer {
  protected readonly own: Own[] = [];
  #count = 0;

  constructor(
    readonly name: string,
    protected readonly random: Random,
    protected readonly history: History,
  ) {}

  async write(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const dice = this.random.next();
      const target = this.own.length > 0 ? this.random.one(this.own) : null;
      if (!target || dice < 0.7) await this.#say(isOver);
      else if (dice < 0.82) await this.#edit(target);
      else if (dice < 0.9) await this.#remove(target);
      else await this.react(target.id).catch(() => {});
      await delay(5 + this.random.below(40));
    }
  }

  /** The id of what was stored; null where no answer came. */
  protected abstract send(text: string): Promise<number | null>;
  /** Whether a send without an answer may be repeated, because it carries a key. */
  protected abstract readonly isKeyed: boolean;
  protected abstract edit(id: number, text: string): Promise<boolean>;
  protected abstract remove(id: number): Promise<boolean>;
  protected abstract react(id: number): Promise<unknown>;

  async #say(isOver: () => boolean): Promise<void> {
    const text = `${this.name} ${this.#count++}`;
    for (;;) {
      const id = await this.send(text).catch(() => null);
      if (id !== null) {
        this.history.acknowledged.add(text);
        if (id !== UNKNOWN_ID) this.own.push({ id, texts: [text] });
        return;
      }
      if (!this.isKeyed || isOver()) {
        this.history.unknown.add(text);
        return;
      }
      await delay(50);
    }
  }

  async #edit(target: Own): Promise<void> {
    const text = `${target.texts[0]}, edited ${target.texts.length}`;
    target.texts.push(text);
    this.history.edited.delete(target.id);
    if (await this.edit(target.id, text).catch(() => false)) this.history.edited.set(target.id, text);
    // nobody knows what it says now
    else this.own.splice(this.own.indexOf(target), 1);
  }

  async #remove(target: Own): Promise<void> {
    this.own.splice(this.own.indexOf(target), 1);
    if (await this.remove(target.id).catch(() => false)) this.history.deleted.set(target.id, target.texts);
    else for (const text of target.texts) this.forget(target.id, text);
  }

  /** A deletion that got no answer: its text may be there or not. */
  private forget(id: number, text: string): void {
    this.history.edited.delete(id);
    if (this.history.acknowledged.delete(text)) this.history.unknown.add(text);
  }
}

/** As the web app writes: every message has a key, and goes again under it until somebody answers. */
export class WebWriter extends Writer {
  protected readonly isKeyed = true;
  readonly #app: WebApp;

  constructor(
    client: MinimostClient,
    baseUrl: string,
    readonly place: Place,
    random: Random,
    history: History,
  ) {
    super(client.username, random, history);
    this.#app = webApp(baseUrl, client.cookie);
  }

  protected async send(text: string): Promise<number | null> {
    const send = { conversationId: this.place.id, entries: [{ text }], clientKey: `key of ${text}` };
    const [message] = await within(this.#app.messages.send.mutate(send));
    return (message as Message).id;
  }

  protected async edit(messageId: number, text: string): Promise<boolean> {
    return (await within(this.#app.messages.edit.mutate({ messageId, text }))).text === text;
  }

  protected async remove(messageId: number): Promise<boolean> {
    return (await within(this.#app.messages.delete.mutate({ messageId }))).deletedAt !== null;
  }

  protected react(messageId: number): Promise<unknown> {
    return within(this.#app.reactions.set.mutate({ messageId, emoji: '👍', on: this.random.next() < 0.5 }));
  }
}

/** As a program of the Minimost API writes: without keys, so that nothing is ever sent again. */
export class MinimostWriter extends Writer {
  protected readonly isKeyed = false;

  constructor(
    readonly client: MinimostClient,
    readonly place: Place,
    random: Random,
    history: History,
  ) {
    super(client.username, random, history);
  }

  protected async send(text: string): Promise<number | null> {
    const answer = await within(this.client.post(`/send/${this.place.channel}`, { text }));
    if (answer.status !== 200) return null;
    const newest = await within(this.client.get(`/messages/${this.place.channel}?limit=50`)).catch(
      () => null,
    );
    const rows = newest?.status === 200 ? (JSON.parse(newest.text) as MessageRow[]) : [];
    // acknowledged, although its id could not be learnt
    return rows.find((row) => row.content === text)?.id ?? UNKNOWN_ID;
  }

  protected async edit(id: number, text: string): Promise<boolean> {
    return (await within(this.client.post(`/edit/${id}`, { text }))).status === 200;
  }

  protected async remove(id: number): Promise<boolean> {
    return (await within(this.client.post(`/delete/${id}`))).status === 200;
  }

  protected react(id: number): Promise<unknown> {
    return within(this.client.post(`/react/${id}`, { reaction: 'thumbsup' }));
  }
}

/** As a program of the MikroChat API writes: without keys as well. */
export class MikrochatWriter extends Writer {
  protected readonly isKeyed = false;

  constructor(
    readonly client: MikrochatClient,
    readonly place: Place,
    random: Random,
    history: History,
  ) {
    super(client.userName, random, history);
  }

  protected async send(text: string): Promise<number | null> {
    return Number((await within(this.client.say(String(this.place.id), text))).id);
  }

  protected async edit(id: number, content: string): Promise<boolean> {
    return (await within(this.client.ask('PUT', `/messages/${id}`, { content }))).status === 200;
  }

  protected async remove(id: number): Promise<boolean> {
    return (await within(this.client.ask('DELETE', `/messages/${id}`))).status === 200;
  }

  protected react(id: number): Promise<unknown> {
    return within(this.client.ask('POST', `/messages/${id}/reactions`, { reaction: '👍' }));
  }
}

const PATIENCE_MS = 15_000;

/** A line that was cut at a bad moment may never say so. */
async function within<T>(work: Promise<T>): Promise<T> {
  const tired = new AbortController();
  try {
    return await Promise.race([
      work,
      delay(PATIENCE_MS, undefined, { signal: tired.signal }).then(() => {
        throw new Error('no answer');
      }),
    ]);
  } finally {
    tired.abort();
  }
}
