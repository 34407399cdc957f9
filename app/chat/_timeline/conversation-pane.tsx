'use client';

import '#app/chat/_timeline/timeline.css';
import type { ConversationView } from '#app/_live/model.ts';
import { Late, part } from '#app/_ui/late.tsx';
import { usePreference } from '#app/_ui/preferences.ts';
import { Composer } from '#app/chat/_composer/composer.tsx';
import { ConnectionStatus } from '#app/chat/_timeline/connection-status.tsx';
import { ConversationStateProvider } from '#app/chat/_timeline/conversation-state.tsx';
import { Timeline } from '#app/chat/_timeline/timeline.tsx';
import { TypingLine } from '#app/chat/_timeline/typing-line.tsx';

const visualMode = part(async () => (await import('#app/chat/_timeline/visual-mode.tsx')).VisualMode);
const NONE = {};

type Props = {
  conversation: ConversationView;
  /** the message the address points at */
  messageId: number | null;
};

/** One conversation: its messages, who is typing, and where one writes. Fills the room it is given. */
export function ConversationPane({ conversation, messageId }: Props) {
  const letterKeys = usePreference('letterKeys');
  return (
    <ConversationStateProvider key={conversation.id} conversationId={conversation.id}>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Timeline conversation={conversation} messageId={messageId} />
        <Composer conversation={conversation} />
        <div className="flex h-6 shrink-0 items-center justify-between gap-4 px-5">
          <TypingLine conversationId={conversation.id} />
          <div className="flex shrink-0 items-center gap-4">
            {letterKeys && <Late part={visualMode} props={NONE} />}
            <ConnectionStatus />
          </div>
        </div>
      </div>
    </ConversationStateProvider>
  );
}
