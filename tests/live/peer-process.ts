// A process of its own with a hub of its own: hears everything for one account, and does what it is told.
import type { Actor } from '#server/domain/kernel/actor';
import { sendSignal } from '#server/domain/kernel/signals';
import { sendMessage } from '#server/domain/messages/send-message';
import { closeHub, subscribe } from '#server/live/hub';
import { isInterruption } from '#server/live/stream';
import { pool } from '#server/platform/database';

export type Order =
  | { do: 'listen'; actor: Actor; after: number }
  | { do: 'send'; actor: Actor; conversationId: number; texts: string[] }
  | { do: 'type'; conversationId: number; accountId: number }
  | { do: 'stop' };
export type Heard = { ready: true } | { id: number } | { signal: string };

const tell = (heard: Heard) => process.send?.(heard);

process.on('message', (order: Order) => {
  void obey(order);
});
tell({ ready: true });

async function obey(order: Order): Promise<void> {
  switch (order.do) {
    case 'listen':
      return listen(order).catch((error) => {
        if (!isInterruption(error)) throw error;
      });
    case 'send':
      for (const text of order.texts) {
        await sendMessage(order.actor, { conversationId: order.conversationId, entries: [{ text }] });
      }
      return;
    case 'type':
      sendSignal({ type: 'typing', conversationId: order.conversationId, accountId: order.accountId });
      return;
    case 'stop':
      await closeHub();
      await pool.end();
      process.disconnect();
  }
}

async function listen({ actor, after }: { actor: Actor; after: number }): Promise<void> {
  for await (const delivery of subscribe(actor, { after })) {
    if (delivery.kind === 'event') tell({ id: delivery.id });
    if (delivery.kind === 'signal') tell({ signal: delivery.signal.type });
  }
}
