import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { Id } from '#server/domain/kernel/ids';
import { listPins } from '#server/domain/pins/list-pins';
import { SetPinned, setPinned } from '#server/domain/pins/set-pinned';
import { findThread } from '#server/domain/threads/find-thread';
import { FollowThread, followThread } from '#server/domain/threads/follow-thread';
import { ListReplies, listReplies } from '#server/domain/threads/list-replies';
import { ListThreads, listThreads } from '#server/domain/threads/list-threads';
import { MarkThreadRead, markThreadRead } from '#server/domain/threads/mark-thread-read';
import { procedure } from '#server/trpc/procedure';

const One = z.object({ rootId: Id });

export const threads = {
  /** those I follow */
  list: procedure.input(ListThreads).query(({ ctx, input }) => listThreads(ctx.actor, input)),
  get: procedure.input(One).query(({ ctx, input }) => findThread(ctx.actor, input)),
  replies: procedure.input(ListReplies).query(({ ctx, input }) => listReplies(ctx.actor, input)),
  markRead: procedure.input(MarkThreadRead).mutation(({ ctx, input }) => markThreadRead(ctx.actor, input)),
  follow: procedure.input(FollowThread).mutation(({ ctx, input }) => followThread(ctx.actor, input)),
} satisfies TRPCRouterRecord;

export const pins = {
  list: procedure
    .input(z.object({ conversationId: Id }))
    .query(({ ctx, input }) => listPins(ctx.actor, input)),
  set: procedure.input(SetPinned).mutation(({ ctx, input }) => setPinned(ctx.actor, input)),
} satisfies TRPCRouterRecord;
