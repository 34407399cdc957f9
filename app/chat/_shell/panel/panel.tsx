'use client';

import { useCallback, useEffect } from 'react';
import { Late, part } from '#app/_ui/late.tsx';
import { usePanel } from '#app/chat/_shell/panel/use-panel.ts';
import { useShell } from '#app/chat/_shell/shell-state.tsx';
import { useHere } from '#app/chat/_shell/use-place.tsx';

// Each arrives when it is opened for the first time.
const membersPanel = part(
  async () => (await import('#app/chat/_shell/members/members-panel.tsx')).MembersPanel,
);
const pinsPanel = part(async () => (await import('#app/chat/_shell/pins/pins-panel.tsx')).PinsPanel);
const threadPanel = part(async () => (await import('#app/chat/_thread/thread-panel.tsx')).ThreadPanel);

/** What stands beside the conversation that is open, if anything does. */
export function Panel() {
  const { conversation, threadId, messageId } = useHere();
  const { setPanel } = useShell();
  const { panel, show } = usePanel();
  const close = useCallback(() => show(null), [show]);

  // A thread takes the place of what was beside it, and does not give it back.
  const isThread = threadId !== null;
  useEffect(() => {
    if (isThread) setPanel(null);
  }, [isThread, setPanel]);

  if (!conversation) return null;
  if (threadId !== null) {
    const props = { conversation, rootId: threadId, messageId, onClose: close };
    return <Late key="thread" part={threadPanel} props={props} onFail={close} />;
  }
  const props = { conversation };
  if (panel === 'members') return <Late key="members" part={membersPanel} props={props} onFail={close} />;
  if (panel === 'pins') return <Late key="pins" part={pinsPanel} props={props} onFail={close} />;
  return null;
}
