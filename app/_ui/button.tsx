import type { ComponentProps, ReactNode, Ref } from 'react';
import { classes } from '#app/_ui/classes.ts';

type Variant = 'primary' | 'secondary' | 'quiet' | 'danger';

const variants: Record<Variant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border border-line-strong bg-canvas hover:bg-hover active:bg-pressed',
  quiet: 'text-ink-muted hover:bg-hover hover:text-ink active:bg-pressed',
  danger: 'bg-danger text-on-danger hover:bg-danger-hover',
};

export type ButtonProps = ComponentProps<'button'> & { variant?: Variant; wide?: boolean };

/** A button with words on it. Its type is `button` unless a form gives another. */
export function Button({
  variant = 'secondary',
  wide = false,
  className,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={classes(
        'inline-flex h-9 shrink-0 items-center justify-center gap-2 rounded-control px-3.5 font-medium transition-colors touch:h-11',
        'disabled:cursor-not-allowed disabled:opacity-55',
        wide && 'w-full',
        variants[variant],
        className,
      )}
      {...rest}
    />
  );
}

export type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label'> & {
  /** accessible name, and the tooltip unless `tooltip` says otherwise */
  label: string;
  /** shown on hover and focus; false for none */
  tooltip?: string | false;
  /** written after the tooltip, like "Ctrl+K" */
  shortcut?: string;
  size?: 'small' | 'medium';
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
};

/** A button that is only an icon; its tooltip is shown by the page's one `TooltipHost`. */
export function IconButton({
  label,
  tooltip = label,
  shortcut,
  size = 'medium',
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      data-tooltip={tooltip || undefined}
      data-shortcut={shortcut}
      className={classes(
        'inline-flex shrink-0 items-center justify-center rounded-control text-ink-muted transition-colors',
        'hover:bg-hover hover:text-ink active:bg-pressed aria-expanded:bg-pressed aria-expanded:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-ink',
        'disabled:cursor-not-allowed disabled:opacity-45 disabled:hover:bg-transparent',
        size === 'small' ? 'size-7 touch:size-11' : 'size-9 touch:size-11',
        className,
      )}
      {...rest}
    />
  );
}
