import { z } from '@hono/zod-openapi';
import { empty, json, text } from '#server/dialects/kit/answers';
import { lenientJson } from '#server/dialects/kit/body';
import { route } from '#server/dialects/kit/route';
import { namesOf } from '#server/dialects/minimost/present';
import { parsePrivateId, requirePrivateChannel } from '#server/dialects/minimost/refs';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import { listConversations } from '#server/domain/conversations/find-conversations';
import { renameConversation } from '#server/domain/conversations/rename-conversation';
import { refuse } from '#server/domain/kernel/refusal';
import { addMember } from '#server/domain/memberships/add-member';
import { leaveConversation } from '#server/domain/memberships/leave-conversation';
import { listMembers } from '#server/domain/memberships/list-members';

const tag = 'Private channels';
const ok = text('ok', 'done');
const notAMember = 'not a member, or no such channel';

/** `private:3` or `3`; null for what is neither (minimost.md §2.11). */
const PrivateIdParam = z
  .string()
  .transform(parsePrivateId)
  .openapi({ type: 'string', examples: ['private:3', '3'] });
const name = z.string().catch('').openapi({ type: 'string', description: '1 to 80 characters' });

export const privateChannelRoutes = [
  route('POST', '/private_channels/create', {
    id: 'private-create',
    tag,
    summary: 'Create a private channel',
    body: lenientJson({
      name,
      members: z
        .array(z.unknown())
        .catch([])
        .transform((members) => members.filter((member) => typeof member === 'string'))
        .openapi({
          type: 'array',
          items: { type: 'string' },
          description: 'usernames; unknown ones are left out',
        }),
    }),
    answers: {
      200: json(z.object({ id: z.int(), channel: z.string(), name: z.string() }), 'the new channel'),
    },
    refuses: { invalid: 'no name, or more than 80 characters' },
    async handle({ actor, body }) {
      const created = await createPrivateChannel(actor, { name: body.name, usernames: body.members });
      return {
        status: 200,
        body: { id: created.id, channel: `private:${created.id}`, name: created.name },
      };
    },
  }),

  route('GET', '/private_channels', {
    id: 'private-list',
    tag,
    summary: 'My private channels, by id',
    answers: {
      200: json(
        z.array(
          z.object({
            id: z.int(),
            channel: z.string(),
            name: z.string(),
            unread: z.int(),
            members: z.array(z.string()),
          }),
        ),
        'the channels',
      ),
    },
    async handle({ actor }) {
      const mine = (await listConversations(actor)).filter(
        ({ kind, visibility }) => kind === 'channel' && visibility === 'private',
      );
      const body = await Promise.all(
        mine.map(async ({ id, name, unread }) => ({
          id,
          channel: `private:${id}`,
          name: name ?? '',
          unread,
          members: namesOf(await listMembers(actor, id)),
        })),
      );
      return { status: 200, body: body.sort((a, b) => a.id - b.id) };
    },
  }),

  route('POST', '/private_channels/{channel_id}/rename', {
    id: 'private-rename',
    tag,
    summary: 'Rename a private channel',
    params: { channel_id: PrivateIdParam },
    body: lenientJson({ name }),
    answers: { 200: ok },
    refuses: { invalid: 'no name, or more than 80 characters', forbidden: notAMember },
    async handle({ actor, params, body }) {
      const conversationId = await requirePrivateChannel(actor, params.channel_id);
      await renameConversation(actor, { conversationId, name: body.name });
      return { status: 200 };
    },
  }),

  route('POST', '/private_channels/{channel_id}/add_member', {
    id: 'private-add-member',
    tag,
    summary: 'Bring somebody into a private channel',
    params: { channel_id: PrivateIdParam },
    body: lenientJson({ username: z.string().trim().catch('').openapi({ type: 'string' }) }),
    answers: { 200: ok },
    refuses: {
      invalid: 'no name',
      forbidden: notAMember,
      not_found: 'nobody of that name',
      conflict: 'already a member',
    },
    async handle({ actor, params, body }) {
      const conversationId = await requirePrivateChannel(actor, params.channel_id);
      await addMember(actor, { conversationId, username: body.username });
      return { status: 200 };
    },
  }),

  route('GET', '/private_channels/{channel_id}/members', {
    id: 'private-members',
    tag,
    summary: 'Who is in a private channel',
    params: { channel_id: PrivateIdParam },
    answers: { 200: json(z.array(z.object({ username: z.string() })), 'everybody, me included') },
    refuses: { forbidden: notAMember },
    async handle({ actor, params }) {
      const conversationId = await requirePrivateChannel(actor, params.channel_id);
      const members = await listMembers(actor, conversationId);
      return { status: 200, body: members.map((member) => ({ username: member.name })) };
    },
  }),

  route('POST', '/private_channels/{channel_id}/leave', {
    id: 'private-leave',
    tag,
    summary: 'Leave a private channel',
    params: { channel_id: PrivateIdParam },
    answers: { 204: empty('left') },
    refuses: { forbidden: 'not a member', not_found: 'no such channel' },
    async handle({ actor, params }) {
      await leaveConversation(actor, params.channel_id ?? refuse('not_found', 'conversation'));
      return { status: 204 };
    },
  }),
];
