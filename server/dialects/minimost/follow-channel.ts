import { type EventWriter, eventFrame } from '#server/dialects/kit/event-stream';
import { VIEWS, type View } from '#server/dialects/minimost/event-views';
import { isNews, presentMessage } from '#server/dialects/minimost/present';
import { type ChannelRef, findPlace, type Place } from '#server/dialects/minimost/refs';
import { secondsOf } from '#server/dialects/minimost/stamps';
import { publicChannels } from '#server/domain/channels/public-channels';
import type { Actor } from '#server/domain/kernel/actor';
import { isRefusal } from '#server/domain/kernel/refusal';
import { changedSince } from '#server/domain/messages/changed-since';
import type { Message } from '#server/domain/messages/message';
import type { Delivery, EventDelivery } from '#server/live/delivery';
import { attach } from '#server/live/hub';
import type { Sink } from '#server/live/stream';
import { log } from '#server/platform/log';

/** How long somebody counts as typing, and a little: nothing says that they stopped. */
const TYPING_MS = 5_500;
const TICK_MS = 500;

/**
 * Tells a client what happens in one channel, and what its lists look like whenever they may have changed. Begins
 * with everything after `cursor` (a stamp); the newest id among the `messages` events is the cursor to come back with.
 * Returns what stops it.
 */
export function followChannel(
  actor: Actor,
  ref: ChannelRef,
  cursor: number,
  writer: EventWriter,
): () => void {
  const follower = new Follower(actor, ref, cursor, writer);
  const leave = attach(actor, follower);
  const ticking = setInterval(() => void follower.tick(), TICK_MS).unref();
  void follower.catchUp();
  return () => {
    clearInterval(ticking);
    leave();
  };
}

type ViewState = { dirty: boolean; quietUntil: number; sent: string };

class Follower implements Sink {
  #place: Place | null = null;
  #publicIds: ReadonlySet<number> = new Set();
  /** the stamp up to which the client has everything */
  #cursor: number;
  /** by id, the newest stamp shown of each message that has changed since then */
  readonly #ahead = new Map<number, number>();
  /** the past is being read; whatever comes meanwhile is read with it, once more */
  #reading = false;
  #missed = false;
  #refreshing = false;
  #typingEndsAt = Number.POSITIVE_INFINITY;
  readonly #views = new Map<View, ViewState>(
    VIEWS.map((view) => [view, { dirty: true, quietUntil: 0, sent: '' }]),
  );

  constructor(
    private readonly actor: Actor,
    private readonly ref: ChannelRef,
    cursor: number,
    private readonly writer: EventWriter,
  ) {
    this.#cursor = cursor;
  }

  /** Sends what the client has not seen yet, from the database. */
  async catchUp(): Promise<void> {
    this.#reading = true;
    await this.#orEnd(async () => {
      do {
        this.#missed = false;
        this.#place = await findPlace(this.actor, this.ref);
        this.#publicIds = new Set((await publicChannels()).map((channel) => channel.id));
        const { conversationId } = this.#place;
        if (conversationId !== null) {
          const changed = await changedSince(this.actor, conversationId, this.#cursor);
          this.#show(changed, newestOf(changed));
        }
      } while (this.#missed);
    });
    this.#reading = false;
  }

  /** Something new, from the hub. */
  deliver(delivery: Delivery): boolean {
    if (delivery.kind === 'reset') void this.catchUp();
    else this.#take(delivery);
    return true;
  }

  /** No reader is told why: it comes back, and learns it then. */
  end(): void {
    this.writer.end();
  }

  #take(delivery: Exclude<Delivery, { kind: 'reset' }>): void {
    const fact = delivery.kind === 'event' ? delivery.event : delivery.signal;
    const conversationId = 'conversationId' in fact ? fact.conversationId : null;
    const here = conversationId !== null && conversationId === this.#place?.conversationId;
    const messages = delivery.kind === 'event' ? delivery.messages : [];
    const hasLeft = fact.type === 'member_left' && fact.accountId === this.actor.accountId;
    if (here && (hasLeft || fact.type === 'conversation_deleted')) {
      this.writer.end();
      return;
    }
    if (delivery.kind === 'event' && messages.length > 0) {
      if (this.#reading) this.#missed = true;
      // a direct conversation comes into being with its first message: perhaps this one
      else if (this.#place?.conversationId === null) void this.catchUp();
      else if (here) this.#show(messages, stampOf(delivery), delivery);
    }
    if (fact.type === 'typing' && here) this.#typingEndsAt = performance.now() + TYPING_MS;
    const happening = {
      type: fact.type,
      here,
      isPublic: conversationId !== null && this.#publicIds.has(conversationId),
      mentionsMe: messages.some((message) => this.#isMentionedIn(message)),
    };
    for (const [view, state] of this.#views) if (view.mayChangeBy(happening)) state.dirty = true;
  }

  #isMentionedIn({ mentionsEveryone, mentions }: Message): boolean {
    return mentionsEveryone || mentions.some((person) => person.id === this.actor.accountId);
  }

  /** Sends the views that have changed, each only so often. */
  async tick(): Promise<void> {
    if (this.#refreshing || this.#reading) return;
    this.#refreshing = true;
    await this.#orEnd(async () => {
      const began = performance.now();
      for (const [view, state] of this.#views) {
        if (view.event === 'typing' && began > this.#typingEndsAt) {
          this.#typingEndsAt = Number.POSITIVE_INFINITY;
          state.dirty = true;
        }
        if (!state.dirty || began < state.quietUntil) continue;
        state.dirty = false;
        state.quietUntil = began + view.everyMs;
        await this.#refresh(view, state);
      }
    });
    this.#refreshing = false;
  }

  async #refresh(view: View, state: ViewState): Promise<void> {
    const value = await view.read(this.actor, this.ref);
    const text = JSON.stringify(value);
    if (text === state.sent) return;
    state.sent = text;
    this.writer.write(eventFrame(view.event, value));
  }

  /**
   * Shows what the client lacks of these; `upTo` is the stamp up to which it has everything then, null if that stays
   * as it was. A message is delivered as it is by now and may be ahead of what others did before: its own stamp is
   * no cursor. Everybody who follows a channel usually lacks the same messages: their frame is made once for all.
   */
  #show(messages: readonly Message[], upTo: number | null, delivery?: EventDelivery): void {
    const fresh = messages.filter(
      (message) => isNews(message, this.#cursor) && this.#ahead.get(message.id) !== message.changedAt,
    );
    for (const { id, changedAt } of fresh) this.#ahead.set(id, changedAt);
    const isStep = upTo !== null && upTo > this.#cursor;
    if (isStep) this.#advance(upTo);
    if (fresh.length === 0) return;
    const { channel } = this.#place as Place;
    const make = () => {
      const rows = fresh.map((message) => presentMessage(message, channel));
      return eventFrame('messages', rows, isStep ? String(secondsOf(upTo)) : undefined);
    };
    const isCommon = delivery && fresh.length === messages.length && isStep === (upTo !== null);
    this.writer.write(isCommon ? delivery.frame(`minimost:${channel}`, make) : make());
  }

  #advance(cursor: number): void {
    this.#cursor = cursor;
    for (const [id, stamp] of this.#ahead) if (stamp <= cursor) this.#ahead.delete(id);
  }

  /** A right that is gone ends the stream; so does a bug, and the client comes back. */
  async #orEnd(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isRefusal(error)) log.error({ err: error }, 'an event stream failed');
      this.writer.end();
    }
  }
}

/** When it happened, where that can be told: a message may have been edited again since, but is sent only once. */
function stampOf({ event, messages }: EventDelivery): number | null {
  return event.type === 'message_sent' ? (messages[0]?.createdAt ?? null) : null;
}

/** 0 of none. */
function newestOf(messages: readonly Message[]): number {
  return messages.reduce((newest, { changedAt }) => Math.max(newest, changedAt), 0);
}
