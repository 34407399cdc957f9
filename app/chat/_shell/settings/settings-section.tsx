import type { ReactNode } from 'react';

/** A part of a settings page with a heading of its own. */
export function SettingsSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line pt-6 first:border-t-0 first:pt-0">
      <h3 className="mb-3 font-semibold">{title}</h3>
      {children}
    </section>
  );
}
