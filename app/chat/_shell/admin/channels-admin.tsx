'use client';

import { Hash, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { useConversations } from '#app/_live/hooks.ts';
import type { ConversationView } from '#app/_live/model.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { toast } from '#app/_ui/toast-store.ts';
import { AdminIntro, AdminList, AdminRow, Tag } from '#app/chat/_shell/admin/admin-list.tsx';
import { adminReasons } from '#app/chat/_shell/admin/admin-reasons.ts';
import { AddPublicChannelDialog, ChannelDialog } from '#app/chat/_shell/admin/channel-dialog.tsx';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';
import { publicChannelsOf } from '#app/chat/_shell/place.ts';

type Question = { kind: 'add' } | { kind: 'edit' | 'delete'; channel: ConversationView };

/** The channels that everybody is in: what the stream delivers is all there is to know of them. */
export function ChannelsAdmin() {
  const channels = publicChannelsOf(useConversations());
  const [question, setQuestion] = useState<Question | null>(null);
  const close = () => setQuestion(null);
  return (
    <>
      <AdminIntro
        action={
          <Button variant="primary" onClick={() => setQuestion({ kind: 'add' })}>
            Add channel
          </Button>
        }
      >
        Everybody is in every public channel. The first one stays, under its name: newcomers are greeted
        there.
      </AdminIntro>
      <AdminList label="Channels" asked={{ answer: channels, problem: null }} rows={channels} empty={null}>
        {(channel) => (
          <ChannelRow
            key={channel.id}
            channel={channel}
            isDefault={channel === channels[0]}
            onAsk={setQuestion}
          />
        )}
      </AdminList>
      {question?.kind === 'add' && <AddPublicChannelDialog onClose={close} />}
      {question?.kind === 'edit' && (
        <ChannelDialog
          channel={question.channel}
          isDefault={question.channel.id === channels[0]?.id}
          onClose={close}
        />
      )}
      {question?.kind === 'delete' && <DeleteChannel channel={question.channel} onClose={close} />}
    </>
  );
}

function ChannelRow({
  channel,
  isDefault,
  onAsk,
}: {
  channel: ConversationView;
  isDefault: boolean;
  onAsk: (question: Question) => void;
}) {
  return (
    <AdminRow
      actions={
        <>
          <IconButton
            label={`Edit ${channel.name}`}
            tooltip="Edit"
            onClick={() => onAsk({ kind: 'edit', channel })}
          >
            <Pencil size={16} aria-hidden="true" />
          </IconButton>
          <IconButton
            label={`Delete ${channel.name}`}
            tooltip={isDefault ? 'The first channel stays' : 'Delete'}
            disabled={isDefault}
            onClick={() => onAsk({ kind: 'delete', channel })}
          >
            <Trash2 size={16} aria-hidden="true" />
          </IconButton>
        </>
      }
    >
      <Hash size={18} aria-hidden="true" className="shrink-0 text-ink-faint" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{channel.name}</span>
          {isDefault && <Tag>First</Tag>}
        </p>
        <p className="truncate text-sm text-ink-muted">{channel.topic ?? 'No topic'}</p>
      </div>
    </AdminRow>
  );
}

function DeleteChannel({ channel, onClose }: { channel: ConversationView; onClose: () => void }) {
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Delete ${channel.name}?`}
      verb="Delete"
      explain={(error) => refusalWords(error, adminReasons)}
      onConfirm={async () => {
        await trpc.admin.deleteChannel.mutate({ conversationId: channel.id });
        toast(`${channel.name} was deleted.`);
      }}
    >
      It disappears for everybody at once, with every message and file in it and the webhooks that post there.
      This cannot be taken back.
    </ConfirmDialog>
  );
}
