import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Actor } from '#server/domain/kernel/actor';
import type { EventType, Signal } from '#server/domain/kernel/events';
import type { Delivery, EventDelivery } from '#server/live/delivery';
import { livePosition, type Subscription, subscribe } from '#server/live/hub';
import { now } from '#server/platform/clock';
import { prisma } from '#server/platform/database';

const HOUR = 3_600_000_000;

/** The same person with a session of their own: streams end with the session, so a listener needs one. */
export async function withSession(actor: Actor, lifetime = HOUR): Promise<Actor & { sessionId: number }> {
  const { id } = await prisma.session.create({
    data: {
      accountId: actor.accountId,
      tokenHash: randomBytes(32),
      face: actor.face,
      createdAt: now(),
      lastUsedAt: now(),
      expiresAt: now() + lifetime,
    },
    select: { id: true },
  });
  return { ...actor, sessionId: Number(id) };
}

/** The hub's position once it has read everything written so far: a stream after it brings nothing old. */
export async function presentPosition(): Promise<number> {
  const { _max } = await prisma.event.aggregate({ _max: { id: true } });
  for (;;) {
    const position = await livePosition();
    if (position >= Number(_max.id)) return position;
    await delay(2);
  }
}

/** Somebody's open stream, and everything it has brought so far. */
export class Listening {
  readonly deliveries: Delivery[] = [];
  /** how the stream ended: null while it goes on, 'left' when the listener left */
  ended: Error | 'left' | null = null;
  readonly #stream: AsyncIterableIterator<Delivery>;

  constructor(actor: Actor, subscription: Subscription = {}) {
    this.#stream = subscribe(actor, subscription);
    void this.#collect();
  }

  get events(): EventDelivery[] {
    return this.deliveries.filter((delivery) => delivery.kind === 'event');
  }

  get signals(): Signal[] {
    return this.deliveries.flatMap((delivery) => (delivery.kind === 'signal' ? delivery.signal : []));
  }

  get types(): EventType[] {
    return this.events.map(({ event }) => event.type);
  }

  get texts(): (string | null)[] {
    return this.events.flatMap(({ messages }) => messages.map(({ text }) => text));
  }

  get ids(): number[] {
    return this.events.map(({ id }) => id);
  }

  /** Waits until something is so. */
  async until(holds: (listening: this) => boolean, withinMs = 20_000): Promise<void> {
    for (const begin = performance.now(); !holds(this); ) {
      if (performance.now() - begin > withinMs) {
        throw new Error(`waited in vain; heard ${JSON.stringify(this.deliveries)}, ended ${this.ended}`);
      }
      await delay(2);
    }
  }

  async leave(): Promise<void> {
    await this.#stream.return?.();
  }

  async #collect(): Promise<void> {
    try {
      for await (const delivery of this.#stream) this.deliveries.push(delivery);
      this.ended = 'left';
    } catch (error) {
      this.ended = error as Error;
    }
  }
}
