'use client';

import { MonitorSmartphone } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { Button } from '#app/_ui/button.tsx';
import { Problem } from '#app/_ui/problem.tsx';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';
import { deviceName } from '#app/chat/_shell/settings/device-name.ts';

type Session = Awaited<ReturnType<typeof trpc.profile.sessions.query>>[number];

/** What a session was opened through, where that isn't this app. */
const faceNames: Readonly<Record<string, string>> = {
  minimost: 'Minimost client',
  mikrochat: 'MikroChat client',
};

const timeFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** Every place I am signed in at, and how to end each. */
export function SessionSettings() {
  const [sessions, setSessions] = useState<readonly Session[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const load = useCallback(async () => {
    try {
      setSessions(await trpc.profile.sessions.query());
    } catch (error) {
      setProblem(refusalWords(error));
    }
  }, []);
  useEffect(() => void load(), [load]);

  async function end(work: Promise<unknown>) {
    setProblem(null);
    await work.catch((error: unknown) => setProblem(refusalWords(error)));
    await load();
  }

  return (
    <>
      <Problem text={problem} className="mb-3" />
      <ul aria-label="Sessions" aria-busy={sessions === null} className="grid grid-cols-1 gap-1">
        {sessions?.map((session) => (
          <li key={session.id} className="flex min-h-12 items-center gap-3 py-1">
            <MonitorSmartphone size={18} aria-hidden="true" className="shrink-0 text-ink-faint" />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">
                {deviceName(session.userAgent)}
                {faceNames[session.face] && (
                  <span className="font-normal text-ink-muted"> · {faceNames[session.face]}</span>
                )}
                {session.current && <span className="font-normal text-ink-muted"> · this device</span>}
              </span>
              <span className="block text-sm break-words text-ink-muted">
                Signed in {timeFormat.format(session.createdAt / 1_000)}, last used{' '}
                {timeFormat.format(session.lastUsedAt / 1_000)}
                {session.ip && ` from ${session.ip}`}
              </span>
            </span>
            {!session.current && (
              <Button onClick={() => void end(trpc.profile.endSession.mutate({ sessionId: session.id }))}>
                Sign out
              </Button>
            )}
          </li>
        ))}
        {sessions === null && <li aria-hidden="true" className="appear-late skeleton h-12" />}
      </ul>
      {sessions && sessions.length > 1 && (
        <Button className="mt-3" onClick={() => void end(trpc.profile.endOtherSessions.mutate())}>
          Sign out everywhere else
        </Button>
      )}
    </>
  );
}
