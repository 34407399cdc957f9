'use client';

import { trpc } from '#app/_live/client.ts';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { toast } from '#app/_ui/toast-store.ts';
import { AddPersonDialog } from '#app/chat/_shell/admin/add-person-dialog.tsx';
import { adminReasons } from '#app/chat/_shell/admin/admin-reasons.ts';
import { type PersonRecord, type Role, roleNames } from '#app/chat/_shell/admin/person-row.tsx';
import { ResetPasswordDialog } from '#app/chat/_shell/admin/reset-password-dialog.tsx';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';

/** What is about to be done with somebody. */
export type PersonQuestion =
  | { kind: 'add' }
  | { kind: 'password'; person: PersonRecord }
  | { kind: 'role'; person: PersonRecord; role: Role }
  | { kind: 'remove'; person: PersonRecord };

const roleSentences: Record<Role, (name: string) => string> = {
  owner: (name) => `${name} may do everything on this server then, also to you.`,
  admin: (name) => `${name} may then add and remove people, channels and webhooks.`,
  member: (name) => `${name} may not administer this server any more.`,
};

const explain = (error: unknown) => refusalWords(error, adminReasons);

/** The dialog that is open, if one is. */
export function PersonDialogs({
  question,
  onClose,
  onDone,
}: {
  question: PersonQuestion | null;
  onClose: () => void;
  /** somebody is no longer what they were */
  onDone: () => void;
}) {
  if (!question) return null;
  if (question.kind === 'add') return <AddPersonDialog onClose={onClose} onDone={onDone} />;
  const { person } = question;
  const { id: accountId, username } = person;
  if (question.kind === 'password') {
    return <ResetPasswordDialog person={person} onClose={onClose} onDone={onDone} />;
  }
  if (question.kind === 'role') {
    const { role } = question;
    return (
      <ConfirmDialog
        open
        onClose={onClose}
        title={`Make ${username} ${role === 'member' ? 'a member' : `an ${roleNames[role].toLowerCase()}`}?`}
        verb={role === 'member' ? 'Make member' : `Make ${roleNames[role].toLowerCase()}`}
        explain={explain}
        onConfirm={async () => {
          await trpc.admin.setRole.mutate({ accountId, role });
          onDone();
        }}
      >
        {roleSentences[role](username)}
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Remove ${username}?`}
      verb="Remove"
      explain={explain}
      onConfirm={async () => {
        await trpc.admin.removeAccount.mutate({ accountId });
        onDone();
        toast(`${username} was removed.`);
      }}
    >
      They are signed out everywhere at once and cannot come back with this account. What they wrote stays,
      under “Deleted User”. This cannot be taken back.
    </ConfirmDialog>
  );
}
