import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { rereadMessage } from '#server/domain/messages/find-messages';
import { lockMessage, takeStamp } from '#server/domain/messages/lock-message';
import type { Message } from '#server/domain/messages/message';
import { storable } from '#server/domain/messages/message-text';
import { canonicalEmoji } from '#server/domain/reactions/canonical-emoji';

/** The longest emoji, families with skin tones, have about 35 bytes; names of custom ones are allowed too. */
const MAX_EMOJI_LENGTH = 64;

export const ToggleReaction = z.object({ messageId: Id, emoji: z.string() });
export type ToggleReaction = z.input<typeof ToggleReaction>;

export const SetReaction = ToggleReaction.extend({ on: z.boolean() });
export type SetReaction = z.input<typeof SetReaction>;

/** Puts the actor's reaction on a message, or takes it off when it is there. Refuses like `setReaction`. */
export async function toggleReaction(actor: Actor, { messageId, emoji }: ToggleReaction): Promise<Message> {
  return react(actor, messageId, emoji, (isOn) => !isOn);
}

/**
 * Puts the actor's reaction on a message or takes it off; nothing happens when it is so already. Any member may
 * react to any live message, their own and notices included. Refuses `invalid/reaction`, `not_found/message`.
 */
export async function setReaction(actor: Actor, { messageId, emoji, on }: SetReaction): Promise<Message> {
  return react(actor, messageId, emoji, () => on);
}

async function react(
  actor: Actor,
  messageId: number,
  written: string,
  wanted: (isOn: boolean) => boolean,
): Promise<Message> {
  const emoji = canonicalEmoji(written);
  const isStorable = emoji !== '' && emoji.length <= MAX_EMOJI_LENGTH && storable(emoji) === emoji;
  refuseUnless(isStorable, 'invalid', 'reaction');

  await transaction(async (db) => {
    const { conversation, message } = await lockMessage(db, actor, messageId);
    refuseUnless(message.deletedAt === null, 'not_found', 'message');

    const key = { messageId, emoji, accountId: actor.accountId };
    const isOn = (await db.reaction.findUnique({ where: { messageId_emoji_accountId: key } })) !== null;
    const on = wanted(isOn);
    if (on === isOn) return;

    const stamp = await takeStamp(db, conversation);
    if (on) await db.reaction.create({ data: { ...key, conversationId: conversation.id, createdAt: stamp } });
    else await db.reaction.delete({ where: { messageId_emoji_accountId: key } });
    await db.message.update({
      where: { id: messageId },
      data: { reactedAt: stamp, changedAt: stamp },
      select: { id: true },
    });
    await publish(
      db,
      { conversationId: conversation.id },
      {
        type: 'reactions_changed',
        conversationId: conversation.id,
        messageId,
        accountId: actor.accountId,
        emoji,
        on,
      },
    );
  });
  return rereadMessage(messageId);
}
