'use client';

import { useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { useMe } from '#app/_live/hooks.ts';
import { Button } from '#app/_ui/button.tsx';
import { personColor } from '#app/_ui/person-color.ts';
import { PersonName } from '#app/_ui/person-name.tsx';
import { Problem } from '#app/_ui/problem.tsx';
import { TextField } from '#app/_ui/text-field.tsx';
import { toast } from '#app/_ui/toast-store.ts';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';
import { AvatarSettings } from '#app/chat/_shell/settings/avatar-settings.tsx';

const HEX = /^#[0-9a-f]{6}$/i;
const BIO_LENGTH = 160;
const DISPLAY_NAME_LENGTH = 80;

const presets: readonly [name: string, color: string][] = [
  ['Blue', '#3b82f6'],
  ['Teal', '#14a098'],
  ['Green', '#3f9d4b'],
  ['Amber', '#d18b12'],
  ['Orange', '#e0662f'],
  ['Red', '#d64550'],
  ['Pink', '#cf4f97'],
  ['Violet', '#8b5cf6'],
];

/** How others see me. */
export function ProfileSettings() {
  const me = useMe();
  const [color, setColor] = useState(me.nameColor ?? '');
  const [displayName, setDisplayName] = useState(me.displayName ?? '');
  const [bio, setBio] = useState(me.bio ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const isColor = color === '' || HEX.test(color);

  async function save(event: React.FormEvent) {
    event.preventDefault();
    if (!isColor) return;
    setProblem(null);
    try {
      await trpc.profile.update.mutate({
        nameColor: color || null,
        displayName: displayName.trim() || null,
        bio: bio.trim() || null,
      });
      toast('Saved.');
    } catch (error) {
      setProblem(
        refusalWords(error, {
          color: 'That is not a colour.',
          bio_too_long: 'That is too long.',
          display_name_too_long: 'That name is too long.',
        }),
      );
    }
  }

  return (
    <div className="grid grid-cols-1 gap-8">
      <AvatarSettings />
      <form onSubmit={(event) => void save(event)} className="grid gap-5 border-t border-line pt-6">
        <TextField
          label="Display name"
          value={displayName}
          placeholder={me.username}
          maxLength={DISPLAY_NAME_LENGTH}
          onChange={(event) => setDisplayName(event.target.value)}
          hint={`Shown beside your messages. Others still mention you as @${me.username}.`}
        />
        <div>
          <TextField
            label="Name colour"
            value={color}
            placeholder="#rrggbb"
            maxLength={7}
            spellCheck={false}
            onChange={(event) => setColor(event.target.value.trim())}
            problem={isColor ? null : 'Write it as #rrggbb, for example #3b82f6.'}
            hint={
              <span className="flex items-center gap-2">
                You appear as
                <PersonName
                  name={me.username}
                  shown={displayName.trim() || me.username}
                  nameColor={HEX.test(color) ? color : personColor(me.username, null)}
                  className="font-semibold"
                />
              </span>
            }
          />
          <div className="mt-3 flex flex-wrap gap-1.5">
            {presets.map(([name, preset]) => (
              <Preset
                key={preset}
                name={name}
                color={preset}
                isChosen={color === preset}
                onChoose={setColor}
              />
            ))}
            <Button variant="quiet" onClick={() => setColor('')} disabled={color === ''}>
              Reset
            </Button>
          </div>
        </div>
        <TextField
          label="About you"
          value={bio}
          maxLength={BIO_LENGTH}
          onChange={(event) => setBio(event.target.value)}
          hint={`${[...bio].length} of ${BIO_LENGTH} characters`}
        />
        <Problem text={problem} />
        <div>
          <Button type="submit" variant="primary" disabled={!isColor}>
            Save
          </Button>
        </div>
      </form>
    </div>
  );
}

function Preset({
  name,
  color,
  isChosen,
  onChoose,
}: {
  name: string;
  color: string;
  isChosen: boolean;
  onChoose: (color: string) => void;
}) {
  return (
    <button
      type="button"
      aria-label={name}
      aria-pressed={isChosen}
      data-tooltip={name}
      onClick={() => onChoose(color)}
      className="flex size-9 items-center justify-center rounded-control border-2 border-transparent aria-pressed:border-ink touch:size-11"
    >
      <svg viewBox="0 0 24 24" className="size-6" aria-hidden="true">
        <circle cx="12" cy="12" r="11" fill={color} />
      </svg>
    </button>
  );
}
