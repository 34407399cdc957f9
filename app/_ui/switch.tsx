'use client';

import { Switch as Base } from '@base-ui/react/switch';
import { type ReactNode, useId } from 'react';
import { useHydrated } from '#app/_ui/use-hydrated.ts';

/** A setting that is on or off and takes effect at once. */
export function Switch({
  label,
  hint,
  checked,
  onChange,
  disabled = false,
}: {
  label: string;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  const id = useId();
  const isHydrated = useHydrated();
  return (
    <div className="flex items-start justify-between gap-4 py-2">
      <div className="min-w-0">
        <span id={`${id}-label`} className="font-medium">
          {label}
        </span>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-ink-muted">
            {hint}
          </p>
        )}
      </div>
      {isHydrated ? (
        <Base.Root
          checked={checked}
          onCheckedChange={onChange}
          disabled={disabled}
          aria-labelledby={`${id}-label`}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className="group relative mt-0.5 h-6 w-10 shrink-0 rounded-full border border-line-strong bg-line-strong transition-colors before:absolute before:-inset-2.5 data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50"
        >
          <Base.Thumb className="block size-4.5 translate-x-0.5 rounded-full bg-on-accent transition-transform data-checked:translate-x-4.5" />
        </Base.Root>
      ) : (
        <span className="mt-0.5 h-6 w-10 shrink-0 rounded-full bg-pressed" />
      )}
    </div>
  );
}
