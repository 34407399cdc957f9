'use client';

import { createContext, type ReactNode, use, useMemo, useRef, useState } from 'react';

/** What timeline and composer of one conversation share. */
export type ConversationState = {
  conversationId: number;
  /** the message the next one answers */
  replyToId: number | null;
  /** the message being edited in place */
  editingId: number | null;
};

/** These never change, so that a row that uses them is not drawn again when the state does. */
export type ConversationActions = {
  /** the message whose thread this is; null in the conversation itself */
  threadRootId: number | null;
  setReplyTo: (messageId: number | null) => void;
  /** null ends the editing and gives the focus back to the composer */
  setEditing: (messageId: number | null) => void;
  /** puts the cursor into the composer */
  focusComposer: () => void;
  /** scrolls to a message, loading what it takes, and makes it flash */
  jumpTo: (messageId: number) => void;
  /** keeps messages unread that arrive or were marked so, until the conversation is left */
  keepUnread: () => void;
  /** composer and timeline say how these are done */
  register: (how: Partial<Handlers>) => void;
};

type Handlers = {
  focusComposer: () => void;
  jumpTo: (messageId: number) => void;
  keepUnread: () => void;
};

const StateContext = createContext<ConversationState | null>(null);
const ActionsContext = createContext<ConversationActions | null>(null);

export function ConversationStateProvider({
  conversationId,
  threadRootId = null,
  children,
}: {
  conversationId: number;
  threadRootId?: number | null;
  children: ReactNode;
}) {
  const [replyToId, setReplyToId] = useState<number | null>(null);
  const [editingId, setEditingId] = useState<number | null>(null);
  const handlers = useRef<Partial<Handlers>>({});
  const state = useMemo(
    () => ({ conversationId, replyToId, editingId }),
    [conversationId, replyToId, editingId],
  );
  const actions = useMemo<ConversationActions>(
    () => ({
      threadRootId,
      setReplyTo(messageId) {
        setReplyToId(messageId);
        if (messageId !== null) handlers.current.focusComposer?.();
      },
      setEditing(messageId) {
        setEditingId(messageId);
        if (messageId === null) handlers.current.focusComposer?.();
      },
      focusComposer: () => handlers.current.focusComposer?.(),
      jumpTo: (messageId) => handlers.current.jumpTo?.(messageId),
      keepUnread: () => handlers.current.keepUnread?.(),
      register: (how) => void Object.assign(handlers.current, how),
    }),
    [threadRootId],
  );
  return (
    <ActionsContext value={actions}>
      <StateContext value={state}>{children}</StateContext>
    </ActionsContext>
  );
}

export function useConversationState(): ConversationState {
  const state = use(StateContext);
  if (!state) throw new Error('useConversationState needs a <ConversationStateProvider> above it');
  return state;
}

export function useConversationActions(): ConversationActions {
  const actions = use(ActionsContext);
  if (!actions) throw new Error('useConversationActions needs a <ConversationStateProvider> above it');
  return actions;
}
