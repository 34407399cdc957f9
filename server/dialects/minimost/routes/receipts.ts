import { z } from '@hono/zod-openapi';
import { empty, json } from '#server/dialects/kit/answers';
import { route } from '#server/dialects/kit/route';
import { ChannelParam, findPlace } from '#server/dialects/minimost/refs';
import { secondsOf } from '#server/dialects/minimost/stamps';
import { findConversation } from '#server/domain/conversations/find-conversations';
import { markRead } from '#server/domain/unreads/mark-read';
import { receipts } from '#server/domain/unreads/receipts';

const tag = 'Reading';
const noChannel = { not_found: { status: 403, when: 'no channel of mine' } };

export const receiptRoutes = [
  route('POST', '/mark_read/{channel}', {
    id: 'mark-read',
    tag,
    summary: 'I have read everything in a channel',
    params: { channel: ChannelParam },
    answers: { 204: empty('noted') },
    refuses: noChannel,
    async handle({ actor, params }) {
      const { conversationId } = await findPlace(actor, params.channel);
      if (conversationId !== null) await markRead(actor, { conversationId });
      return { status: 204 };
    },
  }),

  route('GET', '/read_receipts/{channel}', {
    id: 'read-receipts',
    tag,
    summary: 'How far everybody has read',
    params: { channel: ChannelParam },
    answers: {
      200: json(
        z.record(z.string(), z.number()),
        'username to the `ts` of the newest message they have read',
      ),
    },
    refuses: noChannel,
    async handle({ actor, params }) {
      const { conversationId } = await findPlace(actor, params.channel);
      const marks = conversationId === null ? [] : await receipts(actor, conversationId);
      return {
        status: 200,
        body: Object.fromEntries(marks.map(({ person, readStamp }) => [person.name, secondsOf(readStamp)])),
      };
    },
  }),

  route('GET', '/last_read/{channel}', {
    id: 'last-read',
    tag,
    summary: 'How far I have read',
    params: { channel: ChannelParam },
    answers: { 200: json(z.object({ last_read_ts: z.number().nullable() }), 'null before the first time') },
    refuses: noChannel,
    async handle({ actor, params }) {
      const { conversationId } = await findPlace(actor, params.channel);
      const readStamp =
        conversationId === null ? 0 : (await findConversation(actor, conversationId)).readStamp;
      return { status: 200, body: { last_read_ts: readStamp === 0 ? null : secondsOf(readStamp) } };
    },
  }),
];
