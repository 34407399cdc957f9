'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { useLiveState } from '#app/_live/hooks.ts';
import { Button } from '#app/_ui/button.tsx';
import { Problem } from '#app/_ui/problem.tsx';
import { TextField } from '#app/_ui/text-field.tsx';
import { toast } from '#app/_ui/toast-store.ts';
import { adminReasons } from '#app/chat/_shell/admin/admin-reasons.ts';
import { SignInSettings } from '#app/chat/_shell/admin/sign-in-settings.tsx';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';
import { SettingsSection } from '#app/chat/_shell/settings/settings-section.tsx';

/** What the server is called, how people get in, and what can be taken away of it. */
export function ServerAdmin() {
  const name = useLiveState((state) => state.serverName);
  return (
    <div className="grid grid-cols-1 gap-8">
      <SettingsSection title="Name">
        <ServerName key={name} name={name} />
      </SettingsSection>
      <SettingsSection title="Signing in">
        <SignInSettings />
      </SettingsSection>
      <SettingsSection title="Export">
        <p className="mb-3 text-ink-muted">
          One JSON file with people, channels and what was said in those that you are in, webhooks and the
          audit log. It holds no words of direct conversations and no secrets. It is not a backup.
        </p>
        <a
          href="/api/server-export"
          download
          className="inline-flex h-9 items-center gap-2 rounded-control border border-line-strong bg-canvas px-3.5 font-medium hover:bg-hover active:bg-pressed touch:h-11"
        >
          <Download size={16} aria-hidden="true" />
          Download export
        </a>
      </SettingsSection>
    </div>
  );
}

function ServerName({ name }: { name: string | null }) {
  const [typed, setTyped] = useState(name ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function rename(event: React.FormEvent) {
    event.preventDefault();
    if (typed.trim() === '' || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      await trpc.admin.renameServer.mutate({ name: typed });
      toast('The server has another name now.');
    } catch (error) {
      setProblem(refusalWords(error, adminReasons));
    }
    setBusy(false);
  }

  return (
    <form onSubmit={(event) => void rename(event)} className="grid max-w-md gap-4">
      <TextField
        label="Server name"
        value={typed}
        maxLength={100}
        placeholder="Parley"
        hint="Everybody sees it above the list of conversations."
        onChange={(event) => setTyped(event.target.value)}
      />
      <Problem text={problem} />
      <div>
        <Button
          type="submit"
          variant="primary"
          disabled={isBusy || typed.trim() === '' || typed.trim() === name}
        >
          Rename server
        </Button>
      </div>
    </form>
  );
}
