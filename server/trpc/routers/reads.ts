import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { Id } from '#server/domain/kernel/ids';
import { unreadMentions } from '#server/domain/mentions/unread-mentions';
import { MarkRead, markRead } from '#server/domain/unreads/mark-read';
import { MarkUnread, markUnread } from '#server/domain/unreads/mark-unread';
import { receipts } from '#server/domain/unreads/receipts';
import { procedure } from '#server/trpc/procedure';

const One = z.object({ conversationId: Id });

export const reads = {
  mark: procedure.input(MarkRead).mutation(({ ctx, input }) => markRead(ctx.actor, input)),
  markUnread: procedure.input(MarkUnread).mutation(({ ctx, input }) => markUnread(ctx.actor, input)),
  receipts: procedure.input(One).query(({ ctx, input }) => receipts(ctx.actor, input.conversationId)),
} satisfies TRPCRouterRecord;

export const mentions = {
  /** unread ones, everywhere, newest first */
  list: procedure.query(({ ctx }) => unreadMentions(ctx.actor)),
} satisfies TRPCRouterRecord;
