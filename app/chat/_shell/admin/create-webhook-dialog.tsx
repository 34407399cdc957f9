'use client';

import { useId, useRef, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { useConversations } from '#app/_live/hooks.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog, DialogActions } from '#app/_ui/dialog.tsx';
import { fieldClasses, TextField } from '#app/_ui/text-field.tsx';
import { adminReasons } from '#app/chat/_shell/admin/admin-reasons.ts';
import { CopyField } from '#app/chat/_shell/admin/copy-field.tsx';
import { FormDialog } from '#app/chat/_shell/dialogs/form-dialog.tsx';
import { publicChannelsOf } from '#app/chat/_shell/place.ts';

export type MadeWebhook = Awaited<ReturnType<typeof trpc.admin.createWebhook.mutate>>;

/** What it is called and where it posts. */
export function CreateWebhookDialog({
  onClose,
  onMade,
}: {
  onClose: () => void;
  onMade: (made: MadeWebhook) => void;
}) {
  const channels = publicChannelsOf(useConversations());
  const input = useRef<HTMLInputElement>(null);
  const selectId = useId();
  const [name, setName] = useState('');
  const [conversationId, setConversationId] = useState(channels[0]?.id ?? 0);
  return (
    <FormDialog
      title="Create webhook"
      verb="Create"
      ready={name.trim() !== ''}
      onSubmit={async () => onMade(await trpc.admin.createWebhook.mutate({ name, conversationId }))}
      reasons={adminReasons}
      onClose={onClose}
      initialFocus={input}
    >
      <TextField
        ref={input}
        label="Name"
        value={name}
        maxLength={100}
        placeholder="Build server"
        hint="Its messages are signed with it."
        onChange={(event) => setName(event.target.value)}
      />
      <div>
        <label htmlFor={selectId} className="mb-1 block text-sm font-medium">
          Channel
        </label>
        <select
          id={selectId}
          value={conversationId}
          onChange={(event) => setConversationId(Number(event.target.value))}
          className={fieldClasses}
        >
          {channels.map((channel) => (
            <option key={channel.id} value={channel.id}>
              {channel.name}
            </option>
          ))}
        </select>
      </div>
    </FormDialog>
  );
}

/** Its token, this once, and how it is used. */
export function WebhookTokenDialog({
  made: { webhook, token },
  onClose,
}: {
  made: MadeWebhook;
  onClose: () => void;
}) {
  const command = `curl -X POST ${location.origin}/webhooks/${webhook.id}/messages \\
  -H 'Authorization: Bearer ${token}' \\
  -H 'Content-Type: application/json' \\
  -d '{"content": "Hello from ${webhook.name.replaceAll("'", '’').replaceAll('"', '”')}"}'`;
  return (
    <Dialog
      open
      onClose={onClose}
      size="large"
      title={`${webhook.name} is ready`}
      description={`It posts into ${webhook.channelName}. Copy the token now: it is not shown again.`}
    >
      <div className="mt-4 grid gap-4">
        <CopyField label="Token" value={token} />
        <CopyField label="Example" value={command} multiline />
      </div>
      <DialogActions>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}
