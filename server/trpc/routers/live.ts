import { type TRPCRouterRecord, tracked } from '@trpc/server';
import { z } from 'zod';
import { subscribe } from '#server/live/hub';
import { presentDelivery } from '#server/trpc/present-delivery';
import { procedure } from '#server/trpc/procedure';

/** Where a stream goes on; without a word: from now on. */
export const Resume = z
  .object({
    /** id of the newest event the client has: its bootstrap's cursor, later set by tRPC from `Last-Event-ID` */
    lastEventId: z
      .string()
      .regex(/^\d{1,15}$/)
      .nullish(),
  })
  .nullish()
  .transform((given) => ({ after: given?.lastEventId ? Number(given.lastEventId) : undefined }));

export const live = {
  /**
   * Events in order and each once, and signals as they come; ends with UNAUTHORIZED when the session does. Behind
   * main.ts stream-door.ts answers it.
   */
  events: procedure.input(Resume).subscription(async function* ({ ctx, input, signal }) {
    for await (const delivery of subscribe(ctx.actor, { after: input.after, signal })) {
      const item = presentDelivery(ctx.actor, delivery);
      if (delivery.kind === 'signal') yield item;
      else yield tracked(String(delivery.id), item);
    }
  }),
} satisfies TRPCRouterRecord;
