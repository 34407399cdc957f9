import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { Id } from '#server/domain/kernel/ids';
import { changedSince } from '#server/domain/messages/changed-since';
import { DeleteMessage, removeMessage } from '#server/domain/messages/delete-message';
import { EditMessage, editMessage } from '#server/domain/messages/edit-message';
import { findMessage } from '#server/domain/messages/find-messages';
import { ListMessages, listMessages } from '#server/domain/messages/list-messages';
import { SendMessage, sendMessage } from '#server/domain/messages/send-message';
import { Stamp } from '#server/trpc/inputs';
import { procedure } from '#server/trpc/procedure';

const One = z.object({ messageId: Id });
const Around = One.extend({ limit: ListMessages.shape.limit });
const ChangedSince = z.object({ conversationId: Id, stamp: Stamp });

export const messages = {
  page: procedure.input(ListMessages).query(({ ctx, input }) => listMessages(ctx.actor, input)),
  /** the page that a message is in the middle of */
  around: procedure.input(Around).query(async ({ ctx, input }) => {
    const { conversationId, seq } = await findMessage(ctx.actor, input.messageId);
    return listMessages(ctx.actor, { conversationId, around: seq, limit: input.limit });
  }),
  get: procedure.input(One).query(({ ctx, input }) => findMessage(ctx.actor, input.messageId)),
  changedSince: procedure
    .input(ChangedSince)
    .query(({ ctx, input }) => changedSince(ctx.actor, input.conversationId, input.stamp)),
  /** repeating it with the same client key stores nothing new and answers the first result */
  send: procedure.input(SendMessage).mutation(({ ctx, input }) => sendMessage(ctx.actor, input)),
  edit: procedure.input(EditMessage).mutation(({ ctx, input }) => editMessage(ctx.actor, input)),
  /** one's own, and anybody's in a channel for those who keep order there */
  delete: procedure.input(DeleteMessage).mutation(({ ctx, input }) => removeMessage(ctx.actor, input)),
} satisfies TRPCRouterRecord;
