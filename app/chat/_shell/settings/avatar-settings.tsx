'use client';

import { useId, useRef, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { useMe } from '#app/_live/hooks.ts';
import { Avatar } from '#app/_ui/avatar.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Problem } from '#app/_ui/problem.tsx';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';
import { squarePicture } from '#app/chat/_shell/settings/square-picture.ts';

/** My picture: picked, cut to a square in this browser, and sent at once. */
export function AvatarSettings() {
  const me = useMe();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function during(work: () => Promise<string | null>) {
    setBusy(true);
    setProblem(null);
    setProblem(await work());
    setBusy(false);
  }

  const upload = (file: File) =>
    during(async () => {
      const picture = await squarePicture(file).catch(() => null);
      if (!picture) return 'That file is not a picture this browser can read.';
      const form = new FormData();
      form.set('avatar', picture, 'avatar.jpg');
      const answer = await fetch('/avatar', { method: 'POST', body: form }).catch(() => null);
      return answer?.ok ? null : 'The picture could not be saved. Try again.';
    });

  const remove = () =>
    during(() =>
      trpc.profile.removeAvatar.mutate().then(
        () => null,
        (error: unknown) => refusalWords(error),
      ),
    );

  return (
    <div className="flex flex-wrap items-center gap-5">
      <Avatar name={me.username} nameColor={me.nameColor} avatarFile={me.avatarFile} size="large" />
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="mb-1 block text-sm font-medium">
          Avatar
        </label>
        <input
          ref={input}
          id={id}
          type="file"
          accept="image/jpeg,image/png,image/gif,image/webp"
          disabled={isBusy}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) void upload(file);
            event.target.value = '';
          }}
          className="block w-full text-sm text-ink-muted file:mr-3 file:h-9 file:cursor-pointer file:rounded-control file:border file:border-solid file:border-line-strong file:bg-canvas file:px-3.5 file:font-medium file:text-ink hover:file:bg-hover"
        />
        <p className="mt-1 text-sm text-ink-muted">The middle of it is shown, as a square.</p>
        {me.avatarFile && (
          <Button variant="quiet" className="mt-1 -ml-3.5" disabled={isBusy} onClick={() => void remove()}>
            Remove avatar
          </Button>
        )}
        <Problem text={problem} className="mt-2" />
      </div>
    </div>
  );
}
