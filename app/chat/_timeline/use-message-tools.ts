import { Copy, Link2, MailOpen, Pin, PinOff } from 'lucide-react';
import { useActions, useConversation, useMe } from '#app/_live/hooks.ts';
import type { Message } from '#app/_live/model.ts';
import type { MenuItem } from '#app/_ui/menu.tsx';
import { toast } from '#app/_ui/toast-store.ts';
import { navigate } from '#app/chat/_shell/navigate.ts';
import { messagePath, threadPath } from '#app/chat/_shell/place.ts';
import { useConversationActions } from '#app/chat/_timeline/conversation-state.tsx';
import { problemOf } from '#app/chat/_timeline/problem-words.ts';

/** What this person may do with a message, where they see it; what they may not do is not there. */
export function useMessageTools(message: Message) {
  const me = useMe();
  const conversation = useConversation(message.conversationId);
  const { react, markUnread, setPinned } = useActions();
  const { setReplyTo, setEditing, keepUnread, threadRootId } = useConversationActions();
  const isText = message.kind === 'text';
  const isMine = isText && message.sender?.id === me.id;
  const report = (error: unknown) => toast(problemOf(error), { tone: 'problem' });

  const copy = (text: string, done: string) =>
    navigator.clipboard.writeText(text).then(() => toast(done), report);

  const { text } = message;
  const copyText = text ? () => void copy(text, 'Text copied') : undefined;
  const isPinned = message.pinnedAt !== null;

  const more: MenuItem[] = [
    ...(copyText ? [{ label: 'Copy text', icon: Copy, onSelect: copyText }] : []),
    {
      label: 'Copy link',
      icon: Link2,
      onSelect: () => {
        if (!conversation) return;
        const path = messagePath(conversation, me.id, message);
        void copy(new URL(path, location.href).href, 'Link copied');
      },
    },
    // A thread is read to its end or not at all.
    ...(threadRootId === null
      ? [
          {
            label: 'Mark unread from here',
            icon: MailOpen,
            onSelect: () => {
              keepUnread();
              markUnread(message.conversationId, message.seq).catch(report);
            },
          },
        ]
      : []),
    ...(isText
      ? [
          {
            label: isPinned ? 'Unpin' : 'Pin',
            icon: isPinned ? PinOff : Pin,
            onSelect: () => void setPinned(message.id, !isPinned).catch(report),
          },
        ]
      : []),
  ];

  const openThread = () => {
    if (conversation) navigate(threadPath(conversation, me.id, message.threadRootId ?? message.id));
  };

  return {
    react: (emoji: string) => void react(message.id, emoji).catch(report),
    reply: conversation?.may.post ? () => setReplyTo(message.id) : undefined,
    thread: conversation?.may.thread && isText && threadRootId === null ? openThread : undefined,
    edit: isMine && message.text !== null ? () => setEditing(message.id) : undefined,
    mayDelete: isMine || (isText && conversation?.may.removeMessages === true),
    copy: copyText,
    more,
  };
}
