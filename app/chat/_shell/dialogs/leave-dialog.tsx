'use client';

import { useActions } from '#app/_live/hooks.ts';
import type { ConversationView } from '#app/_live/model.ts';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';
import { navigate } from '#app/chat/_shell/navigate.ts';
import { HOME } from '#app/chat/_shell/place.ts';

/** Asks before leaving a channel that one cannot come back to alone. */
export function LeaveDialog({
  conversation,
  onClose,
}: {
  conversation: ConversationView;
  onClose: () => void;
}) {
  const actions = useActions();
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Leave ${conversation.name}?`}
      verb="Leave"
      explain={refusalWords}
      onConfirm={async () => {
        await actions.leaveConversation(conversation.id);
        navigate(HOME);
      }}
    >
      You will not see this channel any more. Only a member can add you again.
    </ConfirmDialog>
  );
}
