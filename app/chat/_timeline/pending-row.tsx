'use client';

import { Clock, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { useAccount, useActions, useMe } from '#app/_live/hooks.ts';
import type { PendingMessage } from '#app/_live/model.ts';
import { Avatar } from '#app/_ui/avatar.tsx';
import { Button } from '#app/_ui/button.tsx';
import { classes } from '#app/_ui/classes.ts';
import { Markdown } from '#app/_ui/markdown/markdown.tsx';
import { PersonName } from '#app/_ui/person-name.tsx';
import { imageSize, isImage } from '#app/chat/_timeline/image-size.ts';
import { fileHref } from '#app/chat/_timeline/message-files.tsx';
import { problemWords } from '#app/chat/_timeline/problem-words.ts';
import { ReplyQuote } from '#app/chat/_timeline/reply-quote.tsx';
import { clockTime } from '#app/chat/_timeline/time.ts';

/** What I wrote and the server has not shown back: greyed, in the shape the message will have. */
export const PendingRow = memo(function PendingRow({
  pending,
  isHead,
}: {
  pending: PendingMessage;
  isHead: boolean;
}) {
  const me = useMe();
  const account = useAccount(me.id) ?? me;
  const time = clockTime(new Date(pending.writtenAt));
  return (
    <article
      aria-label={`${me.username}, ${time}`}
      className={classes('message relative px-4 md:px-5', isHead ? 'pt-2 pb-0.5' : 'py-0.5')}
    >
      {pending.replyToId !== null && (
        <ReplyQuote conversationId={pending.conversationId} messageId={pending.replyToId} />
      )}
      <div className="flex gap-3">
        {isHead ? (
          <Avatar
            name={me.username}
            nameColor={account.nameColor}
            avatarFile={account.avatarFile}
            className="mt-0.5"
          />
        ) : (
          <span className="w-9 shrink-0" />
        )}
        <div className="min-w-0 flex-1">
          {isHead && (
            <div className="flex items-baseline gap-2 leading-6">
              <PersonName
                name={me.username}
                nameColor={account.nameColor}
                className="truncate font-semibold"
              />
              <span className="text-xs text-ink-faint tabular-nums">{time}</span>
            </div>
          )}
          <div className={pending.state === 'sent' ? undefined : 'text-ink-muted'}>
            {pending.text && <Markdown text={pending.text} />}
            <PendingFiles pending={pending} />
          </div>
          {pending.state === 'refused' && <Refused pending={pending} />}
        </div>
        <StateMark state={pending.state} />
      </div>
    </article>
  );
});

function PendingFiles({ pending }: { pending: PendingMessage }) {
  if (pending.files.length === 0) return null;
  return (
    <div className="mt-1 flex flex-wrap gap-1.5 opacity-70">
      {pending.files.map((file) =>
        isImage(file) ? (
          <img
            key={file.id}
            src={fileHref(file)}
            alt={file.originalName}
            {...imageSize(file)}
            className="h-auto max-w-full rounded-control border border-line bg-sunken object-cover"
          />
        ) : (
          <span key={file.id} className="rounded-control border border-line bg-sunken px-3 py-2">
            {file.originalName}
          </span>
        ),
      )}
    </div>
  );
}

const MARKS = { waiting: 'Waiting', sending: 'Sending' } as const;

function StateMark({ state }: { state: PendingMessage['state'] }) {
  const title = state === 'waiting' || state === 'sending' ? MARKS[state] : undefined;
  return (
    <span className="w-4 shrink-0 self-end pb-1">
      {title && (
        <span title={title} className="text-ink-faint">
          <Clock size={14} aria-hidden="true" />
          <span className="sr-only">{title}</span>
        </span>
      )}
    </span>
  );
}

function Refused({ pending }: { pending: PendingMessage }) {
  const { retry, discard } = useActions();
  return (
    <div className="mt-1 flex flex-wrap items-center gap-2 text-sm text-danger-ink">
      <TriangleAlert size={15} aria-hidden="true" />
      <span>Not sent. {problemWords(pending.problem ?? '')}</span>
      <Button onClick={() => retry(pending.clientKey)} className="h-7 px-3 text-sm">
        Retry
      </Button>
      <Button onClick={() => discard(pending.clientKey)} className="h-7 px-3 text-sm">
        Delete
      </Button>
    </div>
  );
}
