'use client';

import { useRef, useState } from 'react';
import { useActions } from '#app/_live/hooks.ts';
import type { ConversationView } from '#app/_live/model.ts';
import { TextField } from '#app/_ui/text-field.tsx';
import { CHANNEL_NAME_LENGTH } from '#app/chat/_shell/dialogs/channel-name.ts';
import { FormDialog } from '#app/chat/_shell/dialogs/form-dialog.tsx';

/** Gives a channel another name, for everybody in it. */
export function RenameDialog({
  conversation,
  onClose,
}: {
  conversation: ConversationView;
  onClose: () => void;
}) {
  const actions = useActions();
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(conversation.name ?? '');
  const wanted = name.trim();
  return (
    <FormDialog
      title="Rename channel"
      verb="Rename"
      ready={wanted !== '' && wanted !== conversation.name}
      onSubmit={() => actions.renameConversation(conversation.id, wanted)}
      onClose={onClose}
      initialFocus={input}
    >
      <TextField
        ref={input}
        label="Name"
        value={name}
        maxLength={CHANNEL_NAME_LENGTH}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}
