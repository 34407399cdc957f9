'use client';

import { Paperclip, SendHorizontal, Smile } from 'lucide-react';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useActions, useLive, useMe } from '#app/_live/hooks.ts';
import type { ConversationView } from '#app/_live/model.ts';
import { conversationName } from '#app/_live/places.ts';
import { isShown } from '#app/_live/shown.ts';
import { IconButton } from '#app/_ui/button.tsx';
import { classes } from '#app/_ui/classes.ts';
import { EmojiButton } from '#app/_ui/emoji/emoji-button.tsx';
import { Late, part } from '#app/_ui/late.tsx';
import { usePreference } from '#app/_ui/preferences.ts';
import { expandCommand } from '#app/chat/_composer/commands.ts';
import { type Format, FormattingBar, formatOfKey } from '#app/chat/_composer/formatting-bar.tsx';
import { insertQuietly, typeInto } from '#app/chat/_composer/replace-range.ts';
import { ReplyBanner } from '#app/chat/_composer/reply-banner.tsx';
import { isSendKey, roomLeft } from '#app/chat/_composer/send-rules.ts';
import { useAutocomplete } from '#app/chat/_composer/use-autocomplete.ts';
import { useDraft } from '#app/chat/_composer/use-draft.ts';
import { useConversationActions } from '#app/chat/_timeline/conversation-state.tsx';

// They are seen once somebody completes a word, picks a file, or drags one over the page.
const SuggestionList = lazy(async () => ({
  default: (await import('#app/chat/_composer/suggestion-list.tsx')).SuggestionList,
}));
const AttachmentList = lazy(async () => ({
  default: (await import('#app/chat/_composer/attachment-list.tsx')).AttachmentList,
}));
const dropArea = part(async () => (await import('#app/chat/_composer/drop-area.tsx')).DropArea);

type Props = {
  conversation: ConversationView;
  /** the message whose thread is written in; null for the conversation itself */
  threadRootId?: number | null;
};

/** Where one writes. What is begun here is kept per conversation and per thread until it is sent. */
export function Composer({ conversation, threadRootId = null }: Props) {
  if (!conversation.may.post) return <MayNotPost />;
  return <WritingComposer conversation={conversation} threadRootId={threadRootId} />;
}

function MayNotPost() {
  return (
    <p className="mx-4 rounded-panel border border-line bg-sunken px-4 py-3 text-center text-ink-muted">
      Only administrators can write here.
    </p>
  );
}

function WritingComposer({ conversation, threadRootId }: Required<Props>) {
  const me = useMe();
  const { sendMessage, reportTyping } = useActions();
  const { register, setReplyTo } = useConversationActions();
  const enterToSend = usePreference('enterToSend');
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const isThread = threadRootId !== null;
  const draft = useDraft(isThread ? `thread:${threadRootId}` : conversation.id, field);
  const [alsoInChannel, setAlsoInChannel] = useState(false);
  const [caret, setCaret] = useState<number | null>(null);
  const completion = useAutocomplete(field, draft.text, caret, conversation);
  const editLastOwn = useEditLastOwn(conversation.id, threadRootId);

  const { text, attachments, replyToId } = draft;
  const room = roomLeft(text);
  const files = attachments.attachments;
  const isSettled = files.every(({ view }) => view !== null);
  const isEmpty = text.trim() === '' && files.length === 0;
  const maySend = !isEmpty && isSettled && (room ?? 0) >= 0;

  useEffect(() => {
    register({ focusComposer: () => field.current?.focus() });
    if (!matchMedia('(pointer: coarse)').matches) field.current?.focus();
  }, [register]);

  const send = () => {
    if (!maySend) return;
    const expanded = expandCommand(text).trimEnd();
    const views = files.flatMap(({ view }) => view ?? []);
    if (expanded === '' && views.length === 0) return;
    sendMessage({
      conversationId: conversation.id,
      text: expanded,
      files: views,
      replyToId,
      threadRootId,
      alsoInChannel,
    });
    draft.clear();
    setAlsoInChannel(false);
    setCaret(null);
    field.current?.focus();
  };

  const format = (apply: Format) => {
    const element = field.current;
    if (!element) return;
    const { value, selectionStart, selectionEnd } = element;
    typeInto(element, apply({ text: value, start: selectionStart, end: selectionEnd }));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || completion.onKeyDown(event)) return;
    const wanted = formatOfKey(event);
    if (wanted) format(wanted);
    else if (isSendKey(event, enterToSend)) send();
    else if (event.key === 'ArrowUp' && !event.altKey && text === '' && editLastOwn()) setCaret(null);
    else if (event.key === 'Escape' && replyToId !== null) setReplyTo(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files];
    if (pasted.length === 0) return;
    event.preventDefault();
    attachments.add(pasted);
  };

  const insertEmoji = (character: string) => {
    const element = field.current;
    if (element) insertQuietly(element, element.selectionStart, element.selectionEnd, character);
  };

  const label = isThread ? 'Reply in thread' : `Message ${conversationName(conversation, me.id)}`;
  return (
    <div className="relative mx-3 md:mx-4">
      <Suspense>{completion.isOpen && <SuggestionList {...completion.list} />}</Suspense>
      <div className="rounded-panel border border-line-strong bg-canvas focus-within:border-focus">
        {replyToId !== null && (
          <ReplyBanner
            conversationId={conversation.id}
            messageId={replyToId}
            onCancel={() => setReplyTo(null)}
          />
        )}
        <Suspense>
          {files.length > 0 && <AttachmentList attachments={files} onRemove={attachments.remove} />}
        </Suspense>
        <textarea
          ref={field}
          dir="auto"
          rows={1}
          aria-label={label}
          placeholder={label}
          value={text}
          onChange={(event) => {
            draft.setText(event.target.value);
            setCaret(event.target.selectionStart);
            // who types in a thread does not type in the channel
            if (!isThread && event.target.value.trim() !== '') reportTyping(conversation.id);
          }}
          onSelect={(event) => {
            const { selectionStart, selectionEnd } = event.currentTarget;
            setCaret(selectionStart === selectionEnd ? selectionStart : null);
          }}
          onBlur={() => setCaret(null)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          {...completion.fieldProps}
          className="composer-field block max-h-[40dvh] min-h-11 w-full resize-none bg-transparent px-3.5 pt-2.5 pb-1 text-chat outline-none"
        />
        <div className="flex items-center gap-0.5 px-1.5 pb-1.5">
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              attachments.add([...(event.target.files ?? [])]);
              event.target.value = '';
              field.current?.focus();
            }}
          />
          <IconButton label="Attach files" size="small" onClick={() => picker.current?.click()}>
            <Paperclip size={17} aria-hidden="true" />
          </IconButton>
          <EmojiButton label="Emoji" staysOpen onPick={insertEmoji}>
            <Smile size={17} aria-hidden="true" />
          </EmojiButton>
          {!isThread && (
            <>
              <span aria-hidden="true" className="mx-1 h-5 w-px bg-line max-md:hidden" />
              <FormattingBar onFormat={format} />
            </>
          )}
          <span className="flex-1" />
          {room !== null && <Counter room={room} />}
          <SendButton disabled={!maySend} onSend={send} />
        </div>
      </div>
      {isThread && <AlsoInChannel checked={alsoInChannel} onChange={setAlsoInChannel} />}
      <Late part={dropArea} props={{ onFiles: attachments.add, isThread }} />
    </div>
  );
}

function AlsoInChannel({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className="mt-1 flex w-fit items-center gap-2 px-1 text-sm text-ink-muted touch:min-h-11">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 accent-accent"
      />
      Also send to channel
    </label>
  );
}

function Counter({ room }: { room: number }) {
  return (
    <span
      className={classes(
        'px-2 text-xs tabular-nums',
        room < 0 ? 'font-semibold text-danger-ink' : 'text-ink-muted',
      )}
    >
      {room}
      <span className="sr-only"> characters left</span>
    </span>
  );
}

function SendButton({ disabled, onSend }: { disabled: boolean; onSend: () => void }) {
  return (
    <button
      type="button"
      aria-label="Send"
      data-tooltip="Send"
      disabled={disabled}
      // On a phone the keyboard would close between two messages.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onSend}
      className="flex h-8 w-10 shrink-0 items-center justify-center rounded-control bg-accent text-on-accent transition-colors hover:bg-accent-hover disabled:cursor-not-allowed disabled:bg-pressed disabled:text-ink-faint touch:h-11 touch:w-12"
    >
      <SendHorizontal size={17} aria-hidden="true" />
    </button>
  );
}

/** Begins to edit my newest message that is loaded here; false if there is none. */
function useEditLastOwn(conversationId: number, threadRootId: number | null): () => boolean {
  const { store } = useLive();
  const { setEditing } = useConversationActions();
  return useCallback(() => {
    const { timelines, threads, me } = store.get();
    const here =
      threadRootId === null
        ? timelines.get(conversationId)?.messages.filter(isShown)
        : threads.get(threadRootId)?.replies;
    const last = here?.findLast(({ sender, text }) => sender?.id === me.id && text);
    if (last) setEditing(last.id);
    return last !== undefined;
  }, [store, conversationId, threadRootId, setEditing]);
}
