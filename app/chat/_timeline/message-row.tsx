'use client';

import { Pin } from 'lucide-react';
import { lazy, memo, Suspense, useLayoutEffect, useRef, useState } from 'react';
import { useAccount, useAuthorName, useMe } from '#app/_live/hooks.ts';
import type { Message } from '#app/_live/model.ts';
import { authorName, PRODUCT_NAME } from '#app/_live/shown.ts';
import { Avatar } from '#app/_ui/avatar.tsx';
import { BotName, BotPicture } from '#app/_ui/bot.tsx';
import { classes } from '#app/_ui/classes.ts';
import { Logo } from '#app/_ui/logo.tsx';
import { PersonName } from '#app/_ui/person-name.tsx';
import { useConversationActions } from '#app/chat/_timeline/conversation-state.tsx';
import { MessageBody } from '#app/chat/_timeline/message-body.tsx';
import { Reactions } from '#app/chat/_timeline/reactions.tsx';
import { ReceiptMark } from '#app/chat/_timeline/receipt-mark.tsx';
import { ReplyQuote } from '#app/chat/_timeline/reply-quote.tsx';
import { ThreadQuote } from '#app/chat/_timeline/thread-quote.tsx';
import { ThreadSummary } from '#app/chat/_timeline/thread-summary.tsx';
import { clockTime, dateOf } from '#app/chat/_timeline/time.ts';
import { TimeLink } from '#app/chat/_timeline/time-link.tsx';
import { useLongPress } from '#app/chat/_timeline/use-long-press.ts';

// The first message that is pointed at brings them: reading needs neither.
const MessageToolbar = lazy(() =>
  import('#app/chat/_timeline/message-toolbar.tsx').then((module) => ({ default: module.MessageToolbar })),
);
const EditForm = lazy(() =>
  import('#app/chat/_timeline/edit-form.tsx').then((module) => ({ default: module.EditForm })),
);

type Props = {
  message: Message;
  isHead: boolean;
  isEditing: boolean;
  /** opened by its link, or jumped to */
  isTarget: boolean;
};

/** One message. Its tools appear when it is pointed at or focused; on a phone a long press opens them as a menu. */
export const MessageRow = memo(function MessageRow({ message, isHead, isEditing, isTarget }: Props) {
  const me = useMe();
  const [isActive, setActive] = useState(false);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  /** a dialog or picker of the tools is open: they must stay, whatever has the focus */
  const [isHeld, setHeld] = useState(false);
  const longPress = useLongPress(setMenuAt);
  const row = useRef<HTMLElement>(null);
  // A message that took the place of its pending row under a resting pointer is never "entered".
  useLayoutEffect(() => {
    if (row.current?.matches(':hover') && matchMedia('(hover: hover)').matches) setActive(true);
  }, []);
  const date = dateOf(message.createdAt);
  const { threadRootId } = useConversationActions();
  const isInThread = threadRootId !== null;
  const isMine = message.sender?.id === me.id;
  const concernsMe =
    !isMine && (message.mentionsEveryone || message.mentions.some((person) => person.id === me.id));

  return (
    <article
      ref={row}
      aria-label={`${authorName(message)}, ${clockTime(date)}`}
      aria-current={isTarget ? 'true' : undefined}
      data-message={message.id}
      onPointerEnter={(event) => event.pointerType === 'mouse' && setActive(true)}
      onPointerLeave={(event) => holdsTools(event.currentTarget) || setActive(false)}
      onFocus={() => setActive(true)}
      onBlur={(event) => {
        const { currentTarget, relatedTarget } = event;
        if (!currentTarget.contains(relatedTarget) && !holdsTools(currentTarget)) setActive(false);
      }}
      {...longPress}
      className={classes(
        'message group/message relative px-4 outline-none md:px-5',
        isHead ? 'pt-2 pb-0.5' : 'py-0.5',
        concernsMe && 'message-mention',
        isTarget && 'message-target',
      )}
    >
      {message.threadRootId !== null && !isInThread ? (
        <ThreadQuote message={message} rootId={message.threadRootId} />
      ) : (
        message.replyToId !== null && (
          <ReplyQuote conversationId={message.conversationId} messageId={message.replyToId} />
        )
      )}
      <div className="flex gap-3">
        <Gutter message={message} isHead={isHead} date={date} />
        <div className="min-w-0 flex-1">
          {isHead && <Head message={message} date={date} />}
          {isEditing ? (
            <Suspense fallback={<MessageBody message={message} />}>
              <EditForm message={message} />
            </Suspense>
          ) : (
            <MessageBody message={message} />
          )}
          <Marks message={message} isInThread={isInThread} />
          <Reactions message={message} />
          {message.thread && !isInThread && <ThreadSummary message={message} thread={message.thread} />}
        </div>
        {isMine && message.counts && <ReceiptMark message={message} />}
      </div>
      {!isEditing && (isActive || menuAt || isHeld) && (
        <Suspense>
          <MessageToolbar
            message={message}
            menuAt={menuAt}
            onMenuClose={() => setMenuAt(null)}
            onHold={setHeld}
          />
        </Suspense>
      )}
    </article>
  );
});

/** Whether a menu of the message is open: its tools must stay, because it hangs on them. */
function holdsTools(article: Element): boolean {
  return article.querySelector('[aria-expanded="true"]') !== null;
}

/** The line above the first message of a group. */
function Head({ message, date }: { message: Message; date: Date }) {
  return (
    <div className="flex items-baseline gap-2 leading-6">
      <SenderName message={message} />
      <TimeLink message={message} date={date} className="text-xs" />
    </div>
  );
}

function SenderName({ message }: { message: Message }) {
  const { sender, bot } = message;
  const account = useAccount(sender?.id ?? 0);
  const shown = useAuthorName(message);
  if (bot) return <BotName name={bot.name} />;
  if (!sender) return <span className="font-semibold">{PRODUCT_NAME}</span>;
  return (
    <>
      <PersonName
        name={sender.name}
        shown={shown}
        nameColor={account?.nameColor ?? null}
        className="truncate font-semibold"
      />
      {shown !== sender.name && <span className="truncate text-xs text-ink-faint">{sender.name}</span>}
    </>
  );
}

/** What stands below a message's text: that it is pinned, that a reply was sent to the channel as well. */
function Marks({ message, isInThread }: { message: Message; isInThread: boolean }) {
  const isAlsoInChannel = isInThread && message.threadRootId !== null && message.counts;
  if (message.pinnedAt === null && !isAlsoInChannel) return null;
  return (
    <div className="flex items-center gap-3 text-xs text-ink-muted">
      {message.pinnedAt !== null && (
        <span className="flex items-center gap-1">
          <Pin size={12} aria-hidden="true" />
          Pinned
        </span>
      )}
      {isAlsoInChannel && <span>Also sent to the channel</span>}
    </div>
  );
}

/** A picture beside the first message of a group; the time beside the others, once they are pointed at. */
function Gutter({ message, isHead, date }: { message: Message; isHead: boolean; date: Date }) {
  const account = useAccount(message.sender?.id ?? 0);
  if (!isHead) {
    return (
      <span className="w-9 shrink-0 pt-0.5 text-right opacity-0 group-focus-within/message:opacity-100 group-hover/message:opacity-100">
        <TimeLink message={message} date={date} className="text-[0.6875rem]" />
      </span>
    );
  }
  if (message.bot) return <BotPicture className="mt-0.5" />;
  if (!message.sender) {
    return (
      <span className="shrink-0 pt-0.5">
        <Logo size={36} />
      </span>
    );
  }
  return (
    <Avatar
      name={message.sender.name}
      nameColor={account?.nameColor}
      avatarFile={account?.avatarFile}
      className="mt-0.5"
    />
  );
}
