'use client';

import { useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { toast } from '#app/_ui/toast-store.ts';
import { PasswordField } from '#app/(auth)/_form/password-field.tsx';
import { adminReasons } from '#app/chat/_shell/admin/admin-reasons.ts';
import type { PersonRecord } from '#app/chat/_shell/admin/person-row.tsx';
import { FormDialog } from '#app/chat/_shell/dialogs/form-dialog.tsx';

const SHORTEST = 8;

/** Gives somebody another password, to be told to them by other means. */
export function ResetPasswordDialog({
  person,
  onClose,
  onDone,
}: {
  person: PersonRecord;
  onClose: () => void;
  onDone: () => void;
}) {
  const [password, setPassword] = useState('');
  return (
    <FormDialog
      title={`Reset the password of ${person.username}`}
      description="They are signed out everywhere. Tell them the new password yourself."
      verb="Reset password"
      ready={[...password].length >= SHORTEST}
      onSubmit={async () => {
        await trpc.admin.resetPassword.mutate({ accountId: person.id, password });
        toast(`${person.username} has another password now.`);
        onDone();
      }}
      reasons={adminReasons}
      onClose={onClose}
    >
      <PasswordField
        label="New password"
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        hint={`At least ${SHORTEST} characters.`}
      />
    </FormDialog>
  );
}
