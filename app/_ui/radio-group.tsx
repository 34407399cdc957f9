'use client';

import { Radio } from '@base-ui/react/radio';
import { RadioGroup as Base } from '@base-ui/react/radio-group';
import { type ReactNode, useId } from 'react';
import { useHydrated } from '#app/_ui/use-hydrated.ts';

/** One choice out of a few, all of them visible. */
export function RadioGroup<Value extends string>({
  label,
  value,
  onChange,
  options,
}: {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
}) {
  const id = useId();
  const isHydrated = useHydrated();
  return (
    <div>
      <span id={id} className="mb-2 block font-medium">
        {label}
      </span>
      {isHydrated ? (
        <Base
          value={value}
          onValueChange={(next) => onChange(next as Value)}
          aria-labelledby={id}
          className="flex flex-wrap gap-2"
        >
          {options.map((option) => (
            <Radio.Root
              key={option.value}
              value={option.value}
              aria-label={option.label}
              className="flex h-11 min-w-28 flex-1 cursor-pointer items-center justify-center gap-2 rounded-control border border-line-strong px-4 font-medium text-ink-muted transition-colors hover:bg-hover data-checked:border-accent data-checked:bg-accent-soft data-checked:text-accent-ink"
            >
              {option.icon}
              {option.label}
            </Radio.Root>
          ))}
        </Base>
      ) : (
        <div className="h-11" />
      )}
    </div>
  );
}
