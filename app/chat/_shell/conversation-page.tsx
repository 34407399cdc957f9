'use client';

import { useEffect, useState } from 'react';
import { useAccounts, useActions, useMe } from '#app/_live/hooks.ts';
import type { ConversationView } from '#app/_live/model.ts';
import { ConversationHeader } from '#app/chat/_shell/header/conversation-header.tsx';
import { NotFoundHere } from '#app/chat/_shell/not-found-here.tsx';
import { ConversationPane } from '#app/chat/_timeline/conversation-pane.tsx';

/** An open conversation: header, messages, composer. */
export function ConversationPage({
  conversation,
  messageId,
}: {
  conversation: ConversationView;
  messageId: number | null;
}) {
  return (
    <>
      <ConversationHeader conversation={conversation} />
      <ConversationPane conversation={conversation} messageId={messageId} />
    </>
  );
}

/** The address names people I have no conversation with yet: it is opened, if they all exist. */
export function UnopenedDirect({ names }: { names: readonly string[] }) {
  const me = useMe();
  const accounts = useAccounts();
  const { openDirect } = useActions();
  const [failedKey, setFailedKey] = useState<string | null>(null);
  const key = accountKey(names, accounts.values(), me.id);

  useEffect(() => {
    if (key === null) return;
    openDirect(key.split(',').map(Number)).catch(() => setFailedKey(key));
  }, [key, openDirect]);

  return key === null || key === failedKey ? <NotFoundHere /> : null;
}

/** The ids of the others as "3,7"; null if somebody does not exist or nobody is left. */
function accountKey(
  names: readonly string[],
  accounts: Iterable<{ id: number; username: string }>,
  myId: number,
): string | null {
  const idOf = new Map([...accounts].map(({ id, username }) => [username, id]));
  const ids = names.map((name) => idOf.get(name)).filter((id) => id !== myId);
  return ids.length > 0 && !ids.includes(undefined) ? ids.join(',') : null;
}
