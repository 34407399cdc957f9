'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from '#app/_ui/classes.ts';

/** How every text field looks; for those that are not a plain `TextField`. */
export const fieldClasses =
  'h-9 w-full min-w-0 rounded-control border border-line-strong bg-canvas px-3 text-ink transition-colors touch:h-11 ' +
  'hover:border-ink-muted focus:border-focus focus:outline-2 focus:-outline-offset-1 focus:outline-focus ' +
  'aria-invalid:border-danger disabled:opacity-60';

export type TextFieldProps = ComponentProps<'input'> & {
  label: string;
  /** below the field */
  hint?: ReactNode;
  problem?: string | null;
  /** inside the field, at its end */
  trailing?: ReactNode;
};

/** A labelled text field with its hint and its problem tied to it for assistive technology. */
export function TextField({ label, hint, problem, trailing, className, id, ...rest }: TextFieldProps) {
  const ownId = useId();
  const fieldId = id ?? ownId;
  const described = [hint && `${fieldId}-hint`, problem && `${fieldId}-problem`].filter(Boolean).join(' ');
  return (
    <div className={className}>
      <label htmlFor={fieldId} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          id={fieldId}
          aria-invalid={problem ? true : undefined}
          aria-describedby={described || undefined}
          className={classes(fieldClasses, trailing ? 'pr-16' : null)}
          {...rest}
        />
        {trailing && <div className="absolute inset-y-0 right-1 flex items-center">{trailing}</div>}
      </div>
      {problem && (
        <p id={`${fieldId}-problem`} className="mt-1 text-sm text-danger-ink">
          {problem}
        </p>
      )}
      {hint && (
        <div id={`${fieldId}-hint`} className="mt-1 text-sm text-ink-muted">
          {hint}
        </div>
      )}
    </div>
  );
}
