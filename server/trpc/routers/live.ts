import { type TRPCRouterRecord, tracked } from '@trpc/server';
import { z } from 'zod';
import { subscribe } from '#server/live/hub';
import { type LiveItem, presentDelivery } from '#server/trpc/present-delivery';
import { procedure } from '#server/trpc/procedure';

const Resume = z.object({
  /** id of the newest event the client has: its bootstrap's cursor, later set by tRPC from `Last-Event-ID` */
  lastEventId: z
    .string()
    .regex(/^\d{1,15}$/)
    .nullish(),
});

export const live = {
  /** Events in order, each once, and signals as they come; ends with UNAUTHORIZED when the session does. */
  events: procedure.input(Resume).subscription(async function* ({ ctx, input, signal }) {
    const after = input.lastEventId ? Number(input.lastEventId) : undefined;
    for await (const delivery of subscribe(ctx.actor, { after, signal })) {
      const item: LiveItem = presentDelivery(ctx.actor, delivery);
      if (delivery.kind === 'signal') yield item;
      else yield tracked(String(delivery.id), item);
    }
  }),
} satisfies TRPCRouterRecord;
