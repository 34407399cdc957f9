import { type ChildProcess, fork } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendSignal } from '#server/domain/kernel/signals';
import { closeHub } from '#server/live/hub';
import type { Heard, Order } from '#tests/live/peer-process';
import { type Cast, gatherCast } from '#tests/support/cast';
import { Listening, presentPosition, withSession } from '#tests/support/listening';
import { say } from '#tests/support/say';

/** Another server process on the same database. */
class Peer {
  readonly ids: number[] = [];
  readonly signals: string[] = [];
  readonly ready: Promise<void>;
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork('tests/live/peer-process.ts', { execArgv: ['--import', 'tsx'] });
    this.ready = new Promise((resolve) => {
      this.#child.on('message', (heard: Heard) => {
        if ('ready' in heard) resolve();
        if ('id' in heard) this.ids.push(heard.id);
        if ('signal' in heard) this.signals.push(heard.signal);
      });
    });
  }

  tell(order: Order): void {
    this.#child.send(order);
  }

  async stop(): Promise<void> {
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.tell({ do: 'stop' });
    await exited;
  }
}

let cast: Cast;
let peer: Peer;
let here: Listening;

beforeAll(async () => {
  cast = await gatherCast();
  peer = new Peer();
  await peer.ready;
  const after = await presentPosition();
  here = new Listening(await withSession(cast.bob), { after });
  peer.tell({ do: 'listen', actor: await withSession(cast.carol), after });
});

afterAll(async () => {
  await here.leave();
  await peer.stop();
  await closeHub();
});

describe('two processes on one database', () => {
  it('both deliver what either of them writes, in the same order', async () => {
    const texts = Array.from({ length: 100 }, (_, index) => `there ${index}`);
    peer.tell({ do: 'send', actor: cast.alice, conversationId: cast.secret, texts });
    for (let index = 0; index < 100; index++) await say(cast.bob, cast.secret, `here ${index}`);
    await here.until(({ texts }) => texts.length === 200);
    await here.until(() => peer.ids.length === 200);
    expect(peer.ids).toEqual(here.ids);
  });

  it('wake each other: nobody waits for the slow poll', async () => {
    const waits: number[] = [];
    for (let round = 0; round < 15; round++) {
      const before = peer.ids.length;
      const began = performance.now();
      await say(cast.bob, cast.secret, `round ${round}`);
      await here.until(() => peer.ids.length > before);
      waits.push(performance.now() - began);
    }
    waits.sort((a, b) => a - b);
    expect(waits[7]).toBeLessThan(300);
  });

  it('hand each other signals', async () => {
    sendSignal({ type: 'typing', conversationId: cast.secret, accountId: cast.bob.accountId });
    await here.until(() => peer.signals.includes('typing'));
    peer.tell({ do: 'type', conversationId: cast.secret, accountId: cast.carol.accountId });
    await here.until(({ signals }) => signals.length > 0);
    expect(here.signals).toEqual([
      { type: 'typing', conversationId: cast.secret, accountId: cast.carol.accountId },
    ]);
  });
});
