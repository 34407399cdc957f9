'use client';

import { Trash2, Webhook } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { useAccount } from '#app/_live/hooks.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { toast } from '#app/_ui/toast-store.ts';
import { AdminIntro, AdminList, AdminRow } from '#app/chat/_shell/admin/admin-list.tsx';
import { adminReasons } from '#app/chat/_shell/admin/admin-reasons.ts';
import {
  CreateWebhookDialog,
  type MadeWebhook,
  WebhookTokenDialog,
} from '#app/chat/_shell/admin/create-webhook-dialog.tsx';
import { dayOf } from '#app/chat/_shell/admin/times.ts';
import { useAsked } from '#app/chat/_shell/admin/use-asked.ts';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';

type Hook = Awaited<ReturnType<typeof trpc.admin.webhooks.query>>[number];

const askWebhooks = () => trpc.admin.webhooks.query();

/** By what programs may post into channels. */
export function WebhooksAdmin() {
  const asked = useAsked(askWebhooks);
  const [isCreating, setCreating] = useState(false);
  const [made, setMade] = useState<MadeWebhook | null>(null);
  const [leaving, setLeaving] = useState<Hook | null>(null);
  return (
    <>
      <AdminIntro
        action={
          <Button variant="primary" onClick={() => setCreating(true)}>
            Create webhook
          </Button>
        }
      >
        A webhook lets a program post into one channel. Whoever has its token can; nobody can read a token
        again.
      </AdminIntro>
      <AdminList
        label="Webhooks"
        asked={asked}
        rows={asked.answer ?? []}
        empty={
          <EmptyState icon={<Webhook size={32} aria-hidden="true" />} title="No webhooks yet">
            Builds, monitors and forms can tell a channel what they have to say.
          </EmptyState>
        }
      >
        {(hook) => <WebhookRow key={hook.id} hook={hook} onDelete={() => setLeaving(hook)} />}
      </AdminList>
      {isCreating && <CreateWebhookDialog onClose={() => setCreating(false)} onMade={setMade} />}
      {made && <WebhookTokenDialog made={made} onClose={() => setMade(null)} />}
      {leaving && (
        <ConfirmDialog
          open
          onClose={() => setLeaving(null)}
          title={`Delete ${leaving.name}?`}
          verb="Delete"
          explain={(error) => refusalWords(error, adminReasons)}
          onConfirm={async () => {
            await trpc.admin.deleteWebhook.mutate({ webhookId: leaving.id });
            toast(`${leaving.name} was deleted.`);
          }}
        >
          Its token stops working at once. What it has posted stays.
        </ConfirmDialog>
      )}
    </>
  );
}

function WebhookRow({ hook, onDelete }: { hook: Hook; onDelete: () => void }) {
  const maker = useAccount(hook.createdById);
  return (
    <AdminRow
      actions={
        <IconButton label={`Delete ${hook.name}`} tooltip="Delete" onClick={onDelete}>
          <Trash2 size={16} aria-hidden="true" />
        </IconButton>
      }
    >
      <Webhook size={18} aria-hidden="true" className="shrink-0 text-ink-faint" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{hook.name}</p>
        <p className="truncate text-sm text-ink-muted">
          #{hook.channelName} · since {dayOf(hook.createdAt)}
          {maker && ` · made by ${maker.username}`}
        </p>
      </div>
    </AdminRow>
  );
}
