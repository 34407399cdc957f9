'use client';

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useActions } from '#app/_live/hooks.ts';
import type { Message } from '#app/_live/model.ts';
import { Button } from '#app/_ui/button.tsx';
import { Problem } from '#app/_ui/problem.tsx';
import { useConversationActions } from '#app/chat/_timeline/conversation-state.tsx';
import { problemOf } from '#app/chat/_timeline/problem-words.ts';
import { MAX_TEXT_LENGTH } from '#server/domain/messages/message-text';

/** A message's text, being changed in its place. Enter saves, Escape leaves it as it was. */
export function EditForm({ message }: { message: Message }) {
  const { editMessage } = useActions();
  const { setEditing } = useConversationActions();
  const [text, setText] = useState(message.text ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const maySave = text.trim() !== '' && [...text].length <= MAX_TEXT_LENGTH && !isSaving;

  useEffect(() => {
    const element = field.current;
    if (!element) return;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
    element.closest('article')?.scrollIntoView({ block: 'nearest' });
  }, []);

  const cancel = () => setEditing(null);

  const save = async () => {
    if (!maySave) return;
    if (text === message.text) return cancel();
    setSaving(true);
    setProblem(null);
    try {
      await editMessage(message.id, text);
      cancel();
    } catch (error) {
      setProblem(problemOf(error));
      setSaving(false);
      field.current?.focus();
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      cancel();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void save();
    }
  };

  return (
    <form
      className="my-1"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        ref={field}
        aria-label="Edit message"
        dir="auto"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-80 min-h-10 w-full resize-none rounded-control border border-line-strong bg-canvas px-3 py-2 text-chat outline-none focus:border-focus"
      />
      <Problem text={problem} />
      <div className="mt-1 flex items-center gap-2">
        <Button type="submit" variant="primary" disabled={!maySave} className="h-7 px-3 text-sm">
          Save
        </Button>
        <Button onClick={cancel} className="h-7 px-3 text-sm">
          Cancel
        </Button>
        <span className="text-xs text-ink-faint max-md:hidden">Enter saves, Escape cancels</span>
      </div>
    </form>
  );
}
