'use client';

import { useRef, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import type { ConversationView } from '#app/_live/model.ts';
import { TextField } from '#app/_ui/text-field.tsx';
import { adminReasons } from '#app/chat/_shell/admin/admin-reasons.ts';
import { FormDialog } from '#app/chat/_shell/dialogs/form-dialog.tsx';

const LONGEST_NAME = 100;
const LONGEST_TOPIC = 250;

/** The same for one that is yet to be, from anywhere in the app. */
export function AddPublicChannelDialog({ onClose }: { onClose: () => void }) {
  return <ChannelDialog channel={null} isDefault={false} onClose={onClose} />;
}

/** Name and topic of a public channel; null for one that is yet to be. */
export function ChannelDialog({
  channel,
  isDefault,
  onClose,
}: {
  channel: ConversationView | null;
  isDefault: boolean;
  onClose: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const topicInput = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(channel?.name ?? '');
  const [topic, setTopic] = useState(channel?.topic ?? '');

  async function save() {
    if (!channel) return void (await trpc.admin.createChannel.mutate({ name, topic }));
    const isRenamed = name.trim() !== channel.name;
    await trpc.admin.changeChannel.mutate({
      conversationId: channel.id,
      topic,
      ...(isRenamed && { name }),
    });
  }

  return (
    <FormDialog
      title={channel ? `Edit ${channel.name}` : 'Add channel'}
      description={channel ? undefined : 'A public channel: everybody is in it.'}
      verb={channel ? 'Save' : 'Add'}
      ready={name.trim() !== ''}
      onSubmit={save}
      reasons={adminReasons}
      onClose={onClose}
      initialFocus={isDefault ? topicInput : input}
    >
      <TextField
        ref={input}
        label="Name"
        value={name}
        maxLength={LONGEST_NAME}
        readOnly={isDefault}
        hint={isDefault && 'The first channel keeps its name.'}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        ref={topicInput}
        label="Topic"
        value={topic}
        maxLength={LONGEST_TOPIC}
        placeholder="What is it about?"
        onChange={(event) => setTopic(event.target.value)}
      />
    </FormDialog>
  );
}
