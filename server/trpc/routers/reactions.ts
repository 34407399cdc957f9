import type { TRPCRouterRecord } from '@trpc/server';
import { SetReaction, setReaction } from '#server/domain/reactions/set-reaction';
import { procedure } from '#server/trpc/procedure';

export const reactions = {
  /** says what shall be, not "toggle", so that repeating it is harmless */
  set: procedure.input(SetReaction).mutation(({ ctx, input }) => setReaction(ctx.actor, input)),
} satisfies TRPCRouterRecord;
