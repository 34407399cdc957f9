'use client';

import { ChevronDown, Mail } from 'lucide-react';
import { useCallback, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { AdminIntro, AdminList, Tag } from '#app/chat/_shell/admin/admin-list.tsx';
import { CopyField } from '#app/chat/_shell/admin/copy-field.tsx';
import { momentOf } from '#app/chat/_shell/admin/times.ts';
import { useAsked } from '#app/chat/_shell/admin/use-asked.ts';

type Letter = Awaited<ReturnType<typeof trpc.admin.outbox.query>>[number];

const STEP = 50;
const MOST = 200;

const askWays = () => trpc.admin.signInWays.query();

/** What was written to people by mail, and, without a mail server, the links to hand on. */
export function MailAdmin() {
  const [limit, setLimit] = useState(STEP);
  const asked = useAsked(useCallback(() => trpc.admin.outbox.query({ limit }), [limit]));
  const ways = useAsked(askWays);
  const letters = asked.answer ?? [];
  return (
    <>
      <AdminIntro action={<Button onClick={asked.again}>Refresh</Button>}>
        {ways.answer?.hasEmail === false
          ? 'No mail server is configured: what would be sent waits here, and you can hand the links on yourself.'
          : 'Mails go out by themselves. What cannot be sent is tried again a few times.'}
      </AdminIntro>
      <AdminList
        label="Mail"
        asked={asked}
        rows={letters}
        empty={
          <EmptyState icon={<Mail size={32} aria-hidden="true" />} title="No mail yet">
            Invitations, sign-in links and links to set a password appear here.
          </EmptyState>
        }
      >
        {(letter) => <LetterRow key={letter.id} letter={letter} />}
      </AdminList>
      {letters.length === limit && limit < MOST && (
        <Button className="mt-4" onClick={() => setLimit(limit + STEP)}>
          Show older
        </Button>
      )}
    </>
  );
}

const states: Record<Letter['state'], string> = { waiting: 'Waiting', sent: 'Sent', failed: 'Failed' };

function LetterRow({ letter }: { letter: Letter }) {
  const { recipient, subject, state, text, lastError, createdAt, sentAt } = letter;
  return (
    <li>
      <details className="group">
        <summary className="flex min-h-15 cursor-pointer list-none items-center gap-3 py-2 -outline-offset-2 [&::-webkit-details-marker]:hidden">
          <ChevronDown
            size={16}
            aria-hidden="true"
            className="shrink-0 -rotate-90 text-ink-faint transition-transform group-open:rotate-0"
          />
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{recipient}</span>
            <span className="block truncate text-sm text-ink-muted">
              {subject} · {momentOf(sentAt ?? createdAt)}
            </span>
          </span>
          <Tag>{states[state]}</Tag>
        </summary>
        <div className="grid gap-3 pb-4 pl-7">
          {lastError && <p className="text-sm break-words text-danger-ink">{lastError}</p>}
          {text === null ? (
            <p className="text-sm text-ink-muted">Its words are not kept any more, or not for you to read.</p>
          ) : (
            <Words text={text} />
          )}
        </div>
      </details>
    </li>
  );
}

/** A link that stands alone on its line is what the mail is about. */
const LINK = /^https?:\/\/\S+$/m;

/** The words, and the link in them, which is what is handed on. */
function Words({ text }: { text: string }) {
  const link = LINK.exec(text)?.[0];
  return (
    <>
      <p className="text-sm break-words whitespace-pre-wrap">{text}</p>
      {link && <CopyField label="Link" value={link} />}
    </>
  );
}
