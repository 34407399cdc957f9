'use client';

import { Minus, Monitor, Moon, Plus, Sun } from 'lucide-react';
import { FONT_SIZES } from '#app/_ui/appearance.ts';
import { IconButton } from '#app/_ui/button.tsx';
import { setPreference, usePreference } from '#app/_ui/preferences.ts';
import { RadioGroup } from '#app/_ui/radio-group.tsx';
import { Switch } from '#app/_ui/switch.tsx';
import { useAppearance } from '#app/_ui/use-appearance.ts';

const themes = [
  { value: 'light', label: 'Light', icon: <Sun size={16} aria-hidden="true" /> },
  { value: 'dark', label: 'Dark', icon: <Moon size={16} aria-hidden="true" /> },
  { value: 'system', label: 'System', icon: <Monitor size={16} aria-hidden="true" /> },
] as const;

/** How the app looks and how its keys behave, in this browser. */
export function AppearanceSettings() {
  const [appearance, setAppearance] = useAppearance();
  const enterToSend = usePreference('enterToSend');
  const letterKeys = usePreference('letterKeys');
  return (
    <div className="grid grid-cols-1 gap-6">
      <RadioGroup
        label="Theme"
        value={appearance.theme}
        onChange={(theme) => setAppearance({ ...appearance, theme })}
        options={themes}
      />
      <FontSize
        value={appearance.fontSize}
        onChange={(fontSize) => setAppearance({ ...appearance, fontSize })}
      />
      <div className="border-t border-line pt-4">
        <Switch
          label="Enter sends"
          hint={enterToSend ? 'Shift+Enter starts a new line.' : 'Enter starts a new line, Ctrl+Enter sends.'}
          checked={enterToSend}
          onChange={(on) => setPreference('enterToSend', on)}
        />
        <Switch
          label="Single-letter keys"
          hint="Outside of text fields: i to write, j and k to scroll, / to search. Press ? for all of them."
          checked={letterKeys}
          onChange={(on) => setPreference('letterKeys', on)}
        />
      </div>
    </div>
  );
}

function FontSize({ value, onChange }: { value: number; onChange: (pixels: number) => void }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-medium">Size of messages</legend>
      <div className="flex items-center gap-3">
        <IconButton
          label="Smaller"
          disabled={value <= FONT_SIZES.least}
          onClick={() => onChange(value - 1)}
          className="border border-line-strong"
        >
          <Minus size={16} aria-hidden="true" />
        </IconButton>
        <output aria-live="polite" className="w-14 text-center tabular-nums">
          {value} px
        </output>
        <IconButton
          label="Larger"
          disabled={value >= FONT_SIZES.most}
          onClick={() => onChange(value + 1)}
          className="border border-line-strong"
        >
          <Plus size={16} aria-hidden="true" />
        </IconButton>
        <span className="ml-2 min-w-0 truncate text-chat text-ink-muted">A message looks like this.</span>
      </div>
    </fieldset>
  );
}
