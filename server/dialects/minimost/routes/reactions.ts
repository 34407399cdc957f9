import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { form } from '#server/dialects/kit/body';
import { route } from '#server/dialects/kit/route';
import { presentReactions } from '#server/dialects/minimost/present';
import { REACTIONS } from '#server/dialects/minimost/reactions';
import { MessageIdParam } from '#server/dialects/minimost/refs';
import { refuse } from '#server/domain/kernel/refusal';
import { toggleReaction } from '#server/domain/reactions/set-reaction';

export const reactionRoutes = [
  route('POST', '/react/{msg_id}', {
    id: 'react',
    tag: 'Messages',
    summary: 'Put a reaction on a message, or take mine away again',
    description: `One of ${REACTIONS.size} names: ${[...REACTIONS.keys()].join(', ')}.`,
    params: { msg_id: MessageIdParam },
    body: form({ reaction: z.string().default('').openapi({ example: 'thumbsup' }) }),
    answers: { 200: json(z.record(z.string(), z.array(z.string())), 'who reacted how, from now on') },
    refuses: { invalid: '`invalid reaction`', not_found: 'no such message that I can read' },
    async handle({ actor, params, body }) {
      const emoji = REACTIONS.get(body.reaction.trim()) ?? refuse('invalid', 'invalid_reaction');
      const message = await toggleReaction(actor, { messageId: params.msg_id, emoji });
      return { status: 200, body: presentReactions(message.reactions) };
    },
  }),
];
