'use client';

import { lazy, memo, Suspense, useMemo } from 'react';
import type { Message } from '#app/_live/model.ts';
import { Markdown } from '#app/_ui/markdown/markdown.tsx';
import { firstLink } from '#app/_ui/markdown/parser.ts';
import { MessageFiles } from '#app/chat/_timeline/message-files.tsx';
import { dateOf, fullTime } from '#app/chat/_timeline/time.ts';

const LinkPreview = lazy(() =>
  import('#app/chat/_timeline/link-preview.tsx').then((module) => ({ default: module.LinkPreview })),
);

/** What a message says: its text, its files, a card for its first link. */
export const MessageBody = memo(function MessageBody({ message }: { message: Message }) {
  const { text, files, editedAt } = message;
  const link = text && message.kind === 'text' ? firstLink(text) : null;
  // One element as long as nothing changes, so that the text is not formatted again.
  const edited = useMemo(() => (editedAt === null ? undefined : <EditedMark stamp={editedAt} />), [editedAt]);
  return (
    <>
      {text && (
        <div className={message.kind === 'notice' ? 'text-ink-muted' : undefined}>
          <Markdown text={text} after={edited} />
        </div>
      )}
      {files.length > 0 && <MessageFiles message={message} />}
      {link && (
        <Suspense>
          <LinkPreview url={link} />
        </Suspense>
      )}
    </>
  );
});

function EditedMark({ stamp }: { stamp: number }) {
  return (
    <span title={fullTime(dateOf(stamp))} className="text-xs text-ink-faint">
      edited
    </span>
  );
}
