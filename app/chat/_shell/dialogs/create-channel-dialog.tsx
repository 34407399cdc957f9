'use client';

import { useRef, useState } from 'react';
import { useActions } from '#app/_live/hooks.ts';
import type { AccountView } from '#app/_live/model.ts';
import { TextField } from '#app/_ui/text-field.tsx';
import { CHANNEL_NAME_LENGTH } from '#app/chat/_shell/dialogs/channel-name.ts';
import { FormDialog } from '#app/chat/_shell/dialogs/form-dialog.tsx';
import { navigate } from '#app/chat/_shell/navigate.ts';
import { PeoplePicker } from '#app/chat/_shell/people/people-picker.tsx';

/** Makes a private channel; whoever is picked is in it from the start. */
export function CreateChannelDialog({ onClose }: { onClose: () => void }) {
  const actions = useActions();
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [people, setPeople] = useState<AccountView[]>([]);

  async function create() {
    const accountIds = people.map((person) => person.id);
    const id = await actions.createPrivateChannel({ name: name.trim(), accountIds });
    navigate(`/chat/private/${id}`);
  }

  return (
    <FormDialog
      title="Create channel"
      description="A private channel: only its members see it."
      verb="Create"
      ready={name.trim() !== ''}
      onSubmit={create}
      onClose={onClose}
      initialFocus={input}
    >
      <TextField
        ref={input}
        label="Name"
        value={name}
        maxLength={CHANNEL_NAME_LENGTH}
        placeholder="What is it about?"
        onChange={(event) => setName(event.target.value)}
      />
      <PeoplePicker label="Members" placeholder="Name" value={people} onChange={setPeople} />
    </FormDialog>
  );
}
