'use client';

import { type ComponentType, lazy, Suspense } from 'react';
import { useConversation } from '#app/_live/hooks.ts';
import type { ConversationView } from '#app/_live/model.ts';
import { type ShellDialog, useShell } from '#app/chat/_shell/shell-state.tsx';

type Plain = ComponentType<{ onClose: () => void }>;
type About = ComponentType<{ conversation: ConversationView; onClose: () => void }>;

// Each arrives when it is opened for the first time.
const plain: Record<'new-direct' | 'create-channel' | 'palette' | 'help', Plain> = {
  'new-direct': lazy(async () => ({
    default: (await import('#app/chat/_shell/dialogs/new-direct-dialog.tsx')).NewDirectDialog,
  })),
  'create-channel': lazy(async () => ({
    default: (await import('#app/chat/_shell/dialogs/create-channel-dialog.tsx')).CreateChannelDialog,
  })),
  palette: lazy(async () => ({
    default: (await import('#app/chat/_shell/palette/palette.tsx')).Palette,
  })),
  help: lazy(async () => ({
    default: (await import('#app/chat/_shell/keyboard/help-dialog.tsx')).HelpDialog,
  })),
};

const about: Record<'add-member' | 'rename' | 'leave', About> = {
  'add-member': lazy(async () => ({
    default: (await import('#app/chat/_shell/dialogs/add-member-dialog.tsx')).AddMemberDialog,
  })),
  rename: lazy(async () => ({
    default: (await import('#app/chat/_shell/dialogs/rename-dialog.tsx')).RenameDialog,
  })),
  leave: lazy(async () => ({
    default: (await import('#app/chat/_shell/dialogs/leave-dialog.tsx')).LeaveDialog,
  })),
};

/** The dialog that is open, if one is. */
export function ShellDialogs() {
  const { dialog, closeDialog } = useShell();
  if (!dialog) return null;
  return (
    <Suspense>
      {'conversationId' in dialog ? (
        <AboutConversation dialog={dialog} onClose={closeDialog} />
      ) : (
        <PlainDialog kind={dialog.kind} onClose={closeDialog} />
      )}
    </Suspense>
  );
}

function PlainDialog({ kind, onClose }: { kind: keyof typeof plain; onClose: () => void }) {
  const Component = plain[kind];
  return <Component onClose={onClose} />;
}

type AboutDialog = Extract<ShellDialog, { conversationId: number }>;

function AboutConversation({ dialog, onClose }: { dialog: AboutDialog; onClose: () => void }) {
  const conversation = useConversation(dialog.conversationId);
  const Component = about[dialog.kind];
  return conversation && <Component conversation={conversation} onClose={onClose} />;
}
