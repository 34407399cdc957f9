'use client';

import { useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { Button } from '#app/_ui/button.tsx';
import { Problem } from '#app/_ui/problem.tsx';
import { RadioGroup } from '#app/_ui/radio-group.tsx';
import { Switch } from '#app/_ui/switch.tsx';
import { TextField } from '#app/_ui/text-field.tsx';
import { toast } from '#app/_ui/toast-store.ts';
import { adminReasons } from '#app/chat/_shell/admin/admin-reasons.ts';
import { useAsked } from '#app/chat/_shell/admin/use-asked.ts';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';

type Settings = Awaited<ReturnType<typeof trpc.admin.signInSettings.query>>;

const ask = () => trpc.admin.signInSettings.query();

const modes: readonly { value: Settings['authMode']; label: string }[] = [
  { value: 'password', label: 'Password' },
  { value: 'magic-link', label: 'Link by mail' },
];

/** How people get in. */
export function SignInSettings() {
  const asked = useAsked(ask);
  if (asked.answer === null) {
    return asked.problem ? (
      <Problem text={asked.problem} />
    ) : (
      <div aria-busy="true" className="appear-late skeleton h-40" />
    );
  }
  return <SignInForm key={JSON.stringify(asked.answer)} settings={asked.answer} onSaved={asked.again} />;
}

function SignInForm({ settings, onSaved }: { settings: Settings; onSaved: () => void }) {
  const [wanted, setWanted] = useState(settings);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const change = (part: Partial<Settings>) => setWanted({ ...wanted, ...part });
  const isChanged = JSON.stringify(wanted) !== JSON.stringify(settings);

  async function save(event: React.FormEvent) {
    event.preventDefault();
    if (!isChanged || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      await trpc.admin.changeSignInSettings.mutate(wanted);
      toast('Saved. It holds from now on.');
      onSaved();
    } catch (error) {
      setProblem(refusalWords(error, adminReasons));
    }
    setBusy(false);
  }

  return (
    <form onSubmit={(event) => void save(event)} className="grid max-w-md gap-4">
      <RadioGroup
        label="People prove who they are by"
        value={wanted.authMode}
        onChange={(authMode) => change({ authMode })}
        options={
          settings.authMode === 'dev'
            ? [...modes, { value: 'dev' as const, label: 'Nothing (development)' }]
            : modes
        }
      />
      <Switch
        label="By invitation only"
        hint="Nobody can make an account for themselves: add people, or send them an invitation."
        checked={wanted.isInviteRequired}
        onChange={(isInviteRequired) => change({ isInviteRequired })}
      />
      <TextField
        label="Address of a MikroChat client"
        type="url"
        value={wanted.appUrl}
        placeholder="https://chat.example.com"
        hint="Links asked for in that client lead back to it. Empty if there is none."
        onChange={(event) => change({ appUrl: event.target.value.trim() })}
      />
      <Problem text={problem} />
      <div>
        <Button type="submit" variant="primary" disabled={!isChanged || isBusy}>
          Save sign-in settings
        </Button>
      </div>
    </form>
  );
}
