'use client';

import { useMemo, useRef, useState } from 'react';
import { useActions } from '#app/_live/hooks.ts';
import type { AccountView, ConversationView } from '#app/_live/model.ts';
import { FormDialog } from '#app/chat/_shell/dialogs/form-dialog.tsx';
import { useMembers } from '#app/chat/_shell/members/use-members.ts';
import { PeoplePicker } from '#app/chat/_shell/people/people-picker.tsx';

/** Adds people to a private channel; they see what is written from then on. */
export function AddMemberDialog({
  conversation,
  onClose,
}: {
  conversation: ConversationView;
  onClose: () => void;
}) {
  const actions = useActions();
  const input = useRef<HTMLInputElement>(null);
  const members = useMembers(conversation);
  const without = useMemo(() => new Set(members?.map(({ id }) => id)), [members]);
  const [people, setPeople] = useState<AccountView[]>([]);

  async function add() {
    // one after the other: each addition is a command of its own, and those done stay done if a later one fails
    for (const person of people) {
      await actions.addMember(conversation.id, person.username);
      setPeople((rest) => rest.filter(({ id }) => id !== person.id));
    }
  }

  return (
    <FormDialog
      title="Add member"
      description={`They see what is written in ${conversation.name} from now on, not what was written before.`}
      verb="Add"
      ready={people.length > 0}
      onSubmit={add}
      reasons={{ already_member: 'They are in this channel already.' }}
      onClose={onClose}
      initialFocus={input}
    >
      <PeoplePicker
        label="Members"
        placeholder="Name"
        value={people}
        onChange={setPeople}
        without={without}
        inputRef={input}
      />
    </FormDialog>
  );
}
