'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react';
import type { DraftPlace } from '#app/_live/drafts.ts';
import { useLive } from '#app/_live/hooks.ts';
import type { FileView } from '#app/_live/model.ts';
import { useAttachments } from '#app/chat/_composer/use-attachments.ts';
import { useConversationActions, useConversationState } from '#app/chat/_timeline/conversation-state.tsx';

/** What is being written in a place: text, files and what it answers. It survives leaving and reloading. */
export function useDraft(place: DraftPlace, field: RefObject<HTMLTextAreaElement | null>) {
  const { drafts } = useLive();
  const { replyToId } = useConversationState();
  const { setReplyTo } = useConversationActions();
  const [text, setText] = useState('');
  const [files, setFiles] = useState<FileView[]>([]);
  const [isRestored, setRestored] = useState(false);
  const attachments = useAttachments(setFiles);
  const { restore } = attachments;

  // Not while rendering: the server, which draws the page first, doesn't know the draft. And in the same step as the
  // page comes to life, or it would wipe out what somebody has typed by then.
  useLayoutEffect(() => {
    const kept = drafts.read(place);
    setText(field.current?.value || kept.text);
    restore(kept.files);
    if (kept.replyToId !== null) setReplyTo(kept.replyToId);
    setRestored(true);
  }, [place, drafts, restore, setReplyTo, field]);

  useEffect(() => {
    if (isRestored) drafts.write(place, { text, files, replyToId });
  }, [isRestored, place, drafts, text, files, replyToId]);

  const clear = useCallback(() => {
    setText('');
    restore([]);
    setReplyTo(null);
  }, [restore, setReplyTo]);

  return { text, setText, attachments, replyToId, clear };
}
