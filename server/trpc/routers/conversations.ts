import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import { findConversation, listConversations } from '#server/domain/conversations/find-conversations';
import { renameConversation } from '#server/domain/conversations/rename-conversation';
import { hideConversation } from '#server/domain/direct-messages/hide-conversation';
import { openDirect } from '#server/domain/direct-messages/open-direct';
import { Id } from '#server/domain/kernel/ids';
import { addMember } from '#server/domain/memberships/add-member';
import { leaveConversation } from '#server/domain/memberships/leave-conversation';
import { listMembers } from '#server/domain/memberships/list-members';
import { Name } from '#server/trpc/inputs';
import { procedure } from '#server/trpc/procedure';

const One = z.object({ conversationId: Id });
const AccountIds = z.array(Id).max(1_000);

export const conversations = {
  list: procedure.query(({ ctx }) => listConversations(ctx.actor)),
  get: procedure.input(One).query(({ ctx, input }) => findConversation(ctx.actor, input.conversationId)),
  members: procedure.input(One).query(({ ctx, input }) => listMembers(ctx.actor, input.conversationId)),
  createPrivate: procedure
    .input(z.object({ name: Name, accountIds: AccountIds }))
    .mutation(({ ctx, input }) => createPrivateChannel(ctx.actor, input)),
  openDirect: procedure
    .input(z.object({ accountIds: AccountIds.min(1) }))
    .mutation(({ ctx, input }) => openDirect(ctx.actor, input.accountIds)),
  rename: procedure
    .input(One.extend({ name: Name }))
    .mutation(({ ctx, input }) => renameConversation(ctx.actor, input)),
  addMember: procedure
    .input(One.extend({ username: Name }))
    .mutation(({ ctx, input }) => addMember(ctx.actor, input)),
  leave: procedure
    .input(One)
    .mutation(({ ctx, input }) => leaveConversation(ctx.actor, input.conversationId)),
  hide: procedure.input(One).mutation(({ ctx, input }) => hideConversation(ctx.actor, input.conversationId)),
} satisfies TRPCRouterRecord;
