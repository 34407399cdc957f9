import { z } from '@hono/zod-openapi';
import { json, text } from '#server/dialects/kit/answers';
import { form, formWithFiles } from '#server/dialects/kit/body';
import { route } from '#server/dialects/kit/route';
import {
  contentOf,
  filenameOf,
  flagOf,
  isNews,
  MessageJson,
  presentMessage,
  senderOf,
  writeMessages,
} from '#server/dialects/minimost/present';
import {
  ChannelParam,
  findDestination,
  findPlace,
  MessageIdParam,
  openDestination,
} from '#server/dialects/minimost/refs';
import {
  ceilStamp,
  floorStamp,
  parseFloatOrNull,
  parseIntegerOrNull,
} from '#server/dialects/minimost/stamps';
import { bodyLimitFor, receiving } from '#server/dialects/minimost/uploads';
import { discardUploads } from '#server/domain/files/discard-uploads';
import { type FileView, uploadLimitBytes } from '#server/domain/files/file';
import { hasImageExtension } from '#server/domain/files/media-type';
import { storeUpload } from '#server/domain/files/store-upload';
import { changedSince } from '#server/domain/messages/changed-since';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { editMessage } from '#server/domain/messages/edit-message';
import { findMessage } from '#server/domain/messages/find-messages';
import { listMessages } from '#server/domain/messages/list-messages';
import { messageText } from '#server/domain/messages/message-text';
import { sendMessage } from '#server/domain/messages/send-message';
import { searchMessages } from '#server/domain/search/search-messages';

const tag = 'Messages';
const MAX_PAGE = 200;
const DEFAULT_PAGE = 100;
const ok = text('ok', 'done');
const noChannel = { not_found: { status: 403, when: 'no channel of mine' } };
const notMine = { status: 403, when: 'not my message, or no such message' };

/** Missing, `NaN` and anything that is no number: everything (minimost.md §2.3). */
const AfterQuery = z
  .string()
  .optional()
  .transform((written) => floorStamp(parseFloatOrNull(written) ?? 0))
  .openapi({ type: 'number', description: 'seconds; strictly later changes only' });

const BeforeQuery = z
  .string()
  .transform((written, context) => {
    const seconds = parseFloatOrNull(written);
    if (seconds === null) context.addIssue('not a number');
    return ceilStamp(seconds ?? 0);
  })
  .openapi({ type: 'number', description: 'seconds' });

/** 1 to 200; anything else counts as absent. */
const LimitQuery = z
  .string()
  .optional()
  .transform((written) => {
    const limit = parseIntegerOrNull(written);
    return limit !== null && limit >= 1 ? Math.min(limit, MAX_PAGE) : null;
  })
  .openapi({ type: 'integer', description: 'with `after` 0 or absent: only the newest, at most 200' });

export const messageRoutes = [
  route('GET', '/messages/{channel}', {
    id: 'messages-list',
    tag,
    summary: 'Messages that are new or changed since a moment',
    description:
      'Sorted by `ts`, then `id`. Pass the largest `ts`, `edited_ts`, `reactions_ts` or `deleted_ts` seen so far as `after`.',
    params: { channel: ChannelParam },
    query: { after: AfterQuery, limit: LimitQuery },
    answers: { 200: json(z.array(MessageJson), 'the messages, deleted ones as empty rows') },
    refuses: noChannel,
    async handle({ actor, params, query }) {
      const { conversationId, channel } = await findPlace(actor, params.channel);
      if (conversationId === null) return { status: 200, body: [] };
      const { after, limit } = query;
      const messages =
        after === 0 && limit !== null
          ? (await listMessages(actor, { conversationId, limit })).messages
          : (await changedSince(actor, conversationId, after)).filter((message) => isNews(message, after));
      return { status: 200, body: writeMessages(messages, channel) };
    },
  }),

  route('GET', '/messages_before/{channel}', {
    id: 'messages-before',
    tag,
    summary: 'Older messages, a page at a time',
    params: { channel: ChannelParam },
    query: { before: BeforeQuery, limit: LimitQuery },
    answers: { 200: json(z.array(MessageJson), 'the newest messages sent before that moment, ascending') },
    refuses: { ...noChannel, invalid: 'no such moment' },
    async handle({ actor, params, query }) {
      const { conversationId, channel } = await findPlace(actor, params.channel);
      if (conversationId === null) return { status: 200, body: [] };
      const found = await searchMessages(actor, {
        conversationId,
        until: query.before,
        limit: query.limit ?? DEFAULT_PAGE,
      });
      return { status: 200, body: found.reverse().map((message) => presentMessage(message, channel)) };
    },
  }),

  route('POST', '/send/{channel}', {
    id: 'messages-send',
    tag,
    summary: 'Send a message, images, or both',
    params: { channel: ChannelParam },
    body: formWithFiles(
      {
        text: z.string().default(''),
        reply_to_id: z
          .string()
          .optional()
          .transform((written) => parseIntegerOrNull(written))
          .openapi({ type: 'integer' }),
      },
      ['files'],
      () => bodyLimitFor(uploadLimitBytes()),
    ),
    answers: { 200: ok },
    refuses: {
      ...noChannel,
      invalid: '`empty`, or `no account named …` in a direct message to somebody unknown',
      too_large: 'more than 10000 characters, or a file over the limit',
    },
    async handle({ actor, params, body }) {
      // access is decided before a byte of an upload is kept
      const destination = await findDestination(actor, params.channel);
      const { fields, files } = await receiving(uploadLimitBytes(), 'empty', () =>
        body.receive({
          take: ({ originalName, stream }) =>
            hasImageExtension(originalName) ? storeUpload(actor, { originalName, stream }) : null,
          // documented order: a text that is too long before a file that is too large
          check: (name, value) => void (name === 'text' && messageText(value)),
          giveBack: (taken) => discardUploads(actor, idsOf(taken)),
        }),
      );
      const fileIds = idsOf(files);
      try {
        await sendMessage(actor, {
          conversationId: await openDestination(actor, destination),
          entries: [{ text: fields.text.trimEnd() }, ...fileIds.map((id) => ({ fileIds: [id] }))],
          replyToId: fields.reply_to_id,
        });
      } catch (error) {
        // nobody will send them later: in this API, an upload and its message are one call
        await discardUploads(actor, fileIds);
        throw error;
      }
      return { status: 200 };
    },
  }),

  route('GET', '/message/{msg_id}', {
    id: 'messages-get',
    tag,
    summary: 'One message',
    params: { msg_id: MessageIdParam },
    answers: {
      200: json(
        MessageJson.pick({ id: true, sender: true, content: true, filename: true, deleted: true }),
        'it',
      ),
    },
    refuses: { not_found: 'no such message that I can read' },
    async handle({ actor, params }) {
      const message = await findMessage(actor, params.msg_id);
      return {
        status: 200,
        body: {
          id: message.id,
          sender: senderOf(message),
          content: contentOf(message),
          filename: filenameOf(message),
          deleted: flagOf(message.deletedAt),
        },
      };
    },
  }),

  route('POST', '/edit/{msg_id}', {
    id: 'messages-edit',
    tag,
    summary: 'Change the text of my message',
    params: { msg_id: MessageIdParam },
    body: form({ text: z.string().default('') }),
    answers: { 200: ok },
    refuses: {
      invalid: '`empty`',
      not_found: notMine,
      forbidden: 'not my message',
      conflict: 'an image or a deleted message',
      too_large: 'more than 10000 characters',
    },
    async handle({ actor, params, body }) {
      await editMessage(actor, { messageId: params.msg_id, text: body.text.trim() });
      return { status: 200 };
    },
  }),

  route('POST', '/delete/{msg_id}', {
    id: 'messages-delete',
    tag,
    summary: 'Delete my message',
    params: { msg_id: MessageIdParam },
    answers: { 200: ok },
    refuses: { not_found: notMine, forbidden: 'not my message' },
    async handle({ actor, params }) {
      await deleteMessage(actor, { messageId: params.msg_id });
      return { status: 200 };
    },
  }),
];

function idsOf(files: readonly FileView[]): number[] {
  return files.map((file) => file.id);
}
