'use client';

import { useRef, useState } from 'react';
import { useActions, useLive, useMe } from '#app/_live/hooks.ts';
import type { AccountView } from '#app/_live/model.ts';
import { conversationPath } from '#app/_live/places.ts';
import { FormDialog } from '#app/chat/_shell/dialogs/form-dialog.tsx';
import { navigate } from '#app/chat/_shell/navigate.ts';
import { PeoplePicker } from '#app/chat/_shell/people/people-picker.tsx';

/** Opens the one conversation between me and the people picked. */
export function NewDirectDialog({ onClose }: { onClose: () => void }) {
  const { store } = useLive();
  const actions = useActions();
  const me = useMe();
  const input = useRef<HTMLInputElement>(null);
  const [people, setPeople] = useState<AccountView[]>([]);

  async function open() {
    const id = await actions.openDirect(people.map((person) => person.id));
    const conversation = store.get().conversations.get(id);
    if (conversation) navigate(conversationPath(conversation, me.id));
  }

  return (
    <FormDialog
      title="New direct message"
      description="One person, or several for a group."
      verb="Open"
      ready={people.length > 0}
      onSubmit={open}
      onClose={onClose}
      initialFocus={input}
    >
      <PeoplePicker label="To" placeholder="Name" value={people} onChange={setPeople} inputRef={input} />
    </FormDialog>
  );
}
