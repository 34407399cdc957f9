import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { Id } from '#server/domain/kernel/ids';
import { listPresence } from '#server/domain/presence/list-presence';
import { presenceOverride, setPresenceOverride } from '#server/domain/presence/presence-override';
import { reportPresence } from '#server/domain/presence/report-presence';
import { listTyping } from '#server/domain/typing/list-typing';
import { reportTyping } from '#server/domain/typing/report-typing';
import { procedure } from '#server/trpc/procedure';

const Report = z.object({ state: z.enum(['active', 'idle', 'hidden', 'offline']) });
const Override = z.object({ override: z.enum(['active', 'idle', 'offline']).nullable() });
const Place = z.object({ conversationId: Id });

export const presence = {
  list: procedure.query(() => listPresence()),
  report: procedure.input(Report).mutation(({ ctx, input }) => reportPresence(ctx.actor, input)),
  override: procedure.query(({ ctx }) => presenceOverride(ctx.actor)),
  setOverride: procedure
    .input(Override)
    .mutation(({ ctx, input }) => setPresenceOverride(ctx.actor, input.override)),
} satisfies TRPCRouterRecord;

export const typing = {
  list: procedure.input(Place).query(({ ctx, input }) => listTyping(ctx.actor, input.conversationId)),
  report: procedure.input(Place).mutation(({ ctx, input }) => reportTyping(ctx.actor, input.conversationId)),
} satisfies TRPCRouterRecord;
