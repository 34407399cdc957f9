'use client';

import { useRef, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { RadioGroup } from '#app/_ui/radio-group.tsx';
import { TextField } from '#app/_ui/text-field.tsx';
import { toast } from '#app/_ui/toast-store.ts';
import { PasswordField } from '#app/(auth)/_form/password-field.tsx';
import { adminReasons } from '#app/chat/_shell/admin/admin-reasons.ts';
import { useAsked } from '#app/chat/_shell/admin/use-asked.ts';
import { FormDialog } from '#app/chat/_shell/dialogs/form-dialog.tsx';

const roles = [
  { value: 'member', label: 'Member' },
  { value: 'admin', label: 'Administrator' },
] as const;

const askWays = () => trpc.admin.signInWays.query();

/** Makes an account for an address, with a password or with a link by mail. */
export function AddPersonDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<'member' | 'admin'>('member');
  const [password, setPassword] = useState('');
  const ways = useAsked(askWays).answer;
  const isByPassword = ways?.mode === 'password';
  const isMailed = !password && ways?.mode !== 'dev';

  async function add() {
    const address = email.trim();
    await trpc.admin.addAccount.mutate({ email: address, role, ...(password && { password }) });
    if (!isMailed) toast(`${address} can sign in now.`);
    else if (ways?.hasEmail) toast(`${address} was invited by mail.`);
    else toast(`The invitation of ${address} waits under Mail.`);
    onDone();
  }

  return (
    <FormDialog
      title="Add person"
      description="They get a name made from the address, and are in every public channel from the start."
      verb="Add"
      ready={email.trim() !== ''}
      onSubmit={add}
      reasons={adminReasons}
      onClose={onClose}
      initialFocus={input}
    >
      <TextField
        ref={input}
        label="E-mail"
        type="email"
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <RadioGroup label="Role" value={role} onChange={setRole} options={roles} />
      {isByPassword ? (
        <PasswordField
          label="Password (optional)"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          hint={`Without one they choose it themselves, by a link ${where(ways.hasEmail)}.`}
        />
      ) : (
        isMailed && <p className="text-sm text-ink-muted">They come in by a link {where(ways?.hasEmail)}.</p>
      )}
    </FormDialog>
  );
}

function where(hasEmail: boolean | undefined): string {
  return hasEmail === false ? 'that waits under Mail for you to hand on' : 'that they are mailed';
}
