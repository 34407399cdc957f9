'use client';

import { useConversation } from '#app/_live/hooks.ts';
import type { ConversationView } from '#app/_live/model.ts';
import { Late, type Part, part } from '#app/_ui/late.tsx';
import { type ShellDialog, useShell } from '#app/chat/_shell/shell-state.tsx';

type Plain = Part<{ onClose: () => void }>;
type About = Part<{ conversation: ConversationView; onClose: () => void }>;

// Each arrives when it is opened for the first time.
const plain: Record<'new-direct' | 'create-channel' | 'add-public-channel' | 'palette' | 'help', Plain> = {
  'new-direct': part(
    async () => (await import('#app/chat/_shell/dialogs/new-direct-dialog.tsx')).NewDirectDialog,
  ),
  'create-channel': part(
    async () => (await import('#app/chat/_shell/dialogs/create-channel-dialog.tsx')).CreateChannelDialog,
  ),
  'add-public-channel': part(
    async () => (await import('#app/chat/_shell/admin/channel-dialog.tsx')).AddPublicChannelDialog,
  ),
  palette: part(async () => (await import('#app/chat/_shell/palette/palette.tsx')).Palette),
  help: part(async () => (await import('#app/chat/_shell/keyboard/help-dialog.tsx')).HelpDialog),
};

const about: Record<'add-member' | 'rename' | 'leave', About> = {
  'add-member': part(
    async () => (await import('#app/chat/_shell/dialogs/add-member-dialog.tsx')).AddMemberDialog,
  ),
  rename: part(async () => (await import('#app/chat/_shell/dialogs/rename-dialog.tsx')).RenameDialog),
  leave: part(async () => (await import('#app/chat/_shell/dialogs/leave-dialog.tsx')).LeaveDialog),
};

/** The dialog that is open, if one is. */
export function ShellDialogs() {
  const { dialog, closeDialog } = useShell();
  if (!dialog) return null;
  if ('conversationId' in dialog) return <AboutConversation dialog={dialog} onClose={closeDialog} />;
  return (
    <Late key={dialog.kind} part={plain[dialog.kind]} props={{ onClose: closeDialog }} onFail={closeDialog} />
  );
}

type AboutDialog = Extract<ShellDialog, { conversationId: number }>;

function AboutConversation({ dialog, onClose }: { dialog: AboutDialog; onClose: () => void }) {
  const conversation = useConversation(dialog.conversationId);
  if (!conversation) return null;
  return (
    <Late key={dialog.kind} part={about[dialog.kind]} props={{ conversation, onClose }} onFail={onClose} />
  );
}
