'use client';

import { useEffect } from 'react';
import { trpc } from '#app/_live/client.ts';
import type { Live } from '#app/_live/create-live.ts';
import { useLive } from '#app/_live/hooks.ts';
import type { Message } from '#app/_live/model.ts';
import { conversationName } from '#app/_live/places.ts';
import { authorName, isShown } from '#app/_live/shown.ts';
import { preference } from '#app/_ui/preferences.ts';
import { type Arrival, arrivals, threadArrivals } from '#app/chat/_shell/attention/arrivals.ts';
import { playSound } from '#app/chat/_shell/attention/sound.ts';
import { navigate } from '#app/chat/_shell/navigate.ts';
import { messagePath } from '#app/chat/_shell/place.ts';

/** A burst of messages is one disturbance. */
const QUIET_MS = 1_000;
/** Among so many there is the one that calls: the newest may be replies in threads. */
const RECENT = 20;

/**
 * Calls for attention when something new comes in while the page is not in front, and always for a mention. A page
 * that catches up after an interruption stays quiet about what it missed.
 */
export function useNotifications(): void {
  const live = useLive();
  useEffect(() => {
    let before = live.store.get();
    let quietUntil = 0;
    return live.store.subscribe(() => {
      const after = live.store.get();
      const isCatchingUp = before.connection !== 'online' || after.connection !== 'online';
      const found = isCatchingUp
        ? []
        : [
            ...arrivals(before.conversations, after.conversations),
            ...threadArrivals(before.standings, after.standings),
          ];
      before = after;
      const isInFront = document.visibilityState === 'visible' && document.hasFocus();
      const arrival = found.find(({ mentionsMe }) => mentionsMe) ?? (isInFront ? undefined : found[0]);
      if (!arrival || Date.now() < quietUntil) return;
      quietUntil = Date.now() + QUIET_MS;
      if (!preference('notifMuted')) playSound();
      void notify(live, arrival);
    });
  }, [live]);
}

async function notify({ store }: Live, { conversationId, rootId, mentionsMe }: Arrival): Promise<void> {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  if (!preference('nativeNotifEnabled')) return;
  const { me, conversations } = store.get();
  const conversation = conversations.get(conversationId);
  if (!conversation) return;
  // The conversation may not be loaded in this page, so its newest message is asked for.
  const asked =
    rootId === undefined ? newestOf(conversationId, mentionsMe ? me.id : null) : newestReply(rootId);
  const message = await asked.catch(() => undefined);
  if (!message || message.sender?.id === me.id) return;
  const place = conversationName(conversation, me.id);
  const sender = authorName(message);
  const where = rootId === undefined ? place : `a thread of ${place}`;
  const title = conversation.kind === 'direct' ? sender : `${sender} in ${where}`;
  const notification = new Notification(title, {
    body: message.text ?? 'An image',
    icon: '/app/icon-192.png',
    // one per conversation: the next one takes its place
    tag: rootId === undefined ? `conversation:${conversationId}` : `thread:${rootId}`,
  });
  notification.onclick = () => {
    window.focus();
    navigate(messagePath(conversation, me.id, message));
    notification.close();
  };
}

/** Of those that mention somebody, if that is what calls: others may have written since. */
async function newestOf(conversationId: number, mentionedId: number | null): Promise<Message | undefined> {
  const { messages } = await trpc.messages.page.query({ conversationId, limit: RECENT });
  const calls = ({ mentions, mentionsEveryone }: Message) =>
    mentionedId === null || mentionsEveryone || mentions.some(({ id }) => id === mentionedId);
  return messages.findLast((message) => isShown(message) && calls(message));
}

async function newestReply(rootId: number): Promise<Message | undefined> {
  return (await trpc.threads.replies.query({ rootId, limit: 1 })).at(-1);
}
