'use client';

import { type ComponentProps, useState } from 'react';
import { TextField } from '#app/_ui/text-field.tsx';

type Props = Omit<ComponentProps<typeof TextField>, 'type' | 'trailing'>;

/** A password with a button that shows it, and a warning while caps lock is on. */
export function PasswordField({ hint, ...rest }: Props) {
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const watch = (event: React.KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <TextField
      {...rest}
      type={shown ? 'text' : 'password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      onKeyDown={watch}
      onKeyUp={watch}
      onBlur={() => setCapsLock(false)}
      hint={
        capsLock || hint ? (
          <>
            {capsLock && (
              <span role="status" className="text-warning-ink">
                Caps Lock is on.{' '}
              </span>
            )}
            {hint}
          </>
        ) : undefined
      }
      trailing={
        <button
          type="button"
          aria-pressed={shown}
          aria-description="Shows what you typed"
          onClick={() => setShown(!shown)}
          className="rounded-control px-2 py-1 text-sm font-medium text-ink-muted hover:bg-hover hover:text-ink"
        >
          {shown ? 'Hide' : 'Show'}
        </button>
      }
    />
  );
}
