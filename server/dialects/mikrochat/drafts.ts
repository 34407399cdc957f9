import type { Place } from '#server/dialects/mikrochat/refs';
import type { FileView } from '#server/domain/files/file';
import { findUploads } from '#server/domain/files/find-uploads';
import { isImageOfMessage } from '#server/domain/files/media-type';
import type { Actor } from '#server/domain/kernel/actor';
import type { Message } from '#server/domain/messages/message';
import { sendMessage } from '#server/domain/messages/send-message';

/** What a client writes: absent is not the same as empty. */
export type MessageBody = {
  content?: string | undefined;
  images?: string[] | undefined;
  attachments?: string[] | undefined;
  quotedMessageId?: number | undefined;
};

/**
 * A new message for `sendMessage`. An empty list of images makes an empty message: the client sends one first, uploads
 * and then edits it (mikrochat.md E28).
 */
export async function draftOf(actor: Actor, { conversationId }: Place, body: MessageBody) {
  const { content, images, attachments, quotedMessageId } = body;
  const fileIds = await idsOf(actor, conversationId, [...(images ?? []), ...(attachments ?? [])]);
  return {
    conversationId,
    entries: [{ text: content, fileIds }],
    replyToId: quotedMessageId,
    mayBeEmpty: images !== undefined || attachments !== undefined,
  };
}

/** Sends what `draftOf` made; into the thread of a message, where one is named. */
export async function send(
  actor: Actor,
  draft: Awaited<ReturnType<typeof draftOf>>,
  threadRootId?: number,
): Promise<Message> {
  const [message] = await sendMessage(actor, { ...draft, threadRootId });
  if (!message) throw new Error('a send made no message');
  return message;
}

/** An edit for `reviseMessage`: a list that is given replaces its own kind of files, the other kind stays. */
export async function revisionOf(actor: Actor, message: Message, body: MessageBody) {
  const { content, images, attachments } = body;
  const ids = async (names: string[] | undefined, isOfKind: (file: FileView) => boolean) =>
    names
      ? idsOf(actor, message.conversationId, names, message.id)
      : message.files.filter(isOfKind).map(({ id }) => id);
  const isGiven = images !== undefined || attachments !== undefined;
  return {
    messageId: message.id,
    text: content,
    fileIds: isGiven
      ? [
          ...(await ids(images, isImageOfMessage)),
          ...(await ids(attachments, (file) => !isImageOfMessage(file))),
        ]
      : undefined,
  };
}

async function idsOf(actor: Actor, conversationId: number, datedNames: string[], messageId?: number) {
  if (datedNames.length === 0) return [];
  return findUploads(actor, { conversationId, datedNames, messageId });
}
