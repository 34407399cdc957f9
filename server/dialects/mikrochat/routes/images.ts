import { z } from '@hono/zod-openapi';
import { json, stream } from '#server/dialects/kit/answers';
import { fileResponse } from '#server/dialects/kit/file-response';
import { route } from '#server/dialects/kit/route';
import { imageBody } from '#server/dialects/mikrochat/fields';
import {
  ConversationParam,
  findChannelMessage,
  findChannelPlace,
  findConversationPlace,
  IdParam,
} from '#server/dialects/mikrochat/refs';
import { bytesOf, bytesOrNothing, plainFileName } from '#server/dialects/mikrochat/uploads';
import { findConversation } from '#server/domain/conversations/find-conversations';
import { datedName } from '#server/domain/files/dated-name';
import { openImage } from '#server/domain/files/open-image';
import { storeImage } from '#server/domain/files/store-image';
import type { Actor } from '#server/domain/kernel/actor';

const tag = 'Images';
const FOR_EVER = 'private, max-age=31536000, immutable';

const inChannel = { channelId: IdParam };
const inConversation = { conversationId: ConversationParam };
const filename = z.string();
const size = {
  size: z
    .string()
    .optional()
    .openapi({ enum: ['thumb'], description: 'the thumbnail, if any' }),
};

const uploaded = {
  200: json(z.object({ success: z.literal(true), filename: z.string() }), 'the name to send in a message'),
};
const bytes = { 200: stream('image/*', 'the bytes') };
const unfit = 'no JPG, PNG, WebP or SVG, none at all, or more than 10 MB';
const description = 'The image belongs to no message until one names it. At most 10 MB.';

/** Nobody's bytes are read before it is known that they may go there. */
async function admitToChannel(actor: Actor, conversationId: number) {
  await findChannelPlace(conversationId);
  await findConversation(actor, conversationId);
}

async function upload(
  actor: Actor,
  conversationId: number,
  { filename, image, thumbnail }: { filename: string; image: string; thumbnail?: unknown },
) {
  const file = await storeImage(actor, {
    conversationId,
    filename,
    bytes: bytesOf(image),
    thumbnail: bytesOrNothing(thumbnail),
  });
  return { status: 200, body: { success: true, filename: datedName(file) } } as const;
}

async function download(
  actor: Actor,
  conversationId: number,
  call: { params: { filename: string }; query: { size?: string | undefined }; request: Request },
) {
  const name = plainFileName(call.params.filename);
  const thumb = call.query.size === 'thumb';
  const file = await openImage(actor, { conversationId, datedName: name, thumb });
  return { status: 200, response: await fileResponse(file, call.request, FOR_EVER) } as const;
}

export const imageRoutes = () => [
  route('POST', '/channels/{channelId}/messages/image', {
    id: 'E33-channel-image-upload',
    tag,
    summary: 'Upload an image for a channel',
    description,
    params: inChannel,
    body: imageBody,
    answers: uploaded,
    refuses: { not_found: 'no such channel', invalid: unfit },
    admit: ({ actor, params }) => admitToChannel(actor, params.channelId),
    handle: ({ actor, params, body }) => upload(actor, params.channelId, body),
  }),

  route('GET', '/channels/{channelId}/messages/image/{filename}', {
    id: 'E34-channel-image-get',
    tag,
    summary: 'An image of a channel',
    params: { ...inChannel, filename },
    query: size,
    answers: bytes,
    refuses: { not_found: 'no such image there', invalid: 'that is no name of a file' },
    async handle({ actor, params, query, request }) {
      const { conversationId } = await findChannelPlace(params.channelId);
      return download(actor, conversationId, { params, query, request });
    },
  }),

  route('POST', '/messages/{messageId}/thread/image', {
    id: 'E39-thread-image-upload',
    tag,
    summary: 'Upload an image for a reply',
    description: 'It belongs to the channel of the message, and is fetched there.',
    params: { messageId: IdParam },
    body: imageBody,
    answers: uploaded,
    refuses: { not_found: 'no such message in a channel that I can read', invalid: unfit },
    admit: ({ actor, params }) => findChannelMessage(actor, params.messageId),
    async handle({ actor, params, body }) {
      const { place } = await findChannelMessage(actor, params.messageId);
      return upload(actor, place.conversationId, body);
    },
  }),

  route('POST', '/conversations/{conversationId}/messages/image', {
    id: 'E46-dm-image-upload',
    tag,
    summary: 'Upload an image for a conversation',
    description,
    params: inConversation,
    body: imageBody,
    answers: uploaded,
    refuses: {
      not_found: 'no such conversation',
      forbidden: 'other people’s conversation',
      invalid: unfit,
    },
    admit: ({ actor, params }) => findConversationPlace(actor, params.conversationId),
    async handle({ actor, params, body }) {
      const { conversationId } = await findConversationPlace(actor, params.conversationId);
      return upload(actor, conversationId, body);
    },
  }),

  route('GET', '/conversations/{conversationId}/messages/image/{filename}', {
    id: 'E47-dm-image-get',
    tag,
    summary: 'An image of a conversation',
    params: { ...inConversation, filename },
    query: size,
    answers: bytes,
    refuses: {
      not_found: 'no such conversation, or no such image there',
      forbidden: 'other people’s conversation',
      invalid: 'that is no name of a file',
    },
    async handle({ actor, params, query, request }) {
      const { conversationId } = await findConversationPlace(actor, params.conversationId);
      return download(actor, conversationId, { params, query, request });
    },
  }),
];
