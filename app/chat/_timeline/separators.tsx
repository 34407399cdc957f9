/** A day begins. */
export function DaySeparator({ label }: { label: string }) {
  return (
    <div className="relative flex h-8 items-center justify-center px-5">
      <hr aria-label={label} className="absolute inset-x-5 border-line" />
      <span
        aria-hidden="true"
        className="relative rounded-full border border-line bg-canvas px-3 text-xs leading-6 font-semibold text-ink-muted"
      >
        {label}
      </span>
    </div>
  );
}

/** What I have not read begins here. */
export function NewSeparator() {
  return (
    <div className="flex h-8 items-center gap-3 px-5">
      <hr aria-label="New messages" className="flex-1 border-danger" />
      <span aria-hidden="true" className="text-xs font-semibold text-danger-ink">
        New messages
      </span>
    </div>
  );
}
