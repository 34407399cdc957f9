'use client';

import { useRef } from 'react';
import { Dialog } from '#app/_ui/dialog.tsx';
import { usePreference } from '#app/_ui/preferences.ts';
import { AppLink } from '#app/chat/_shell/app-link.tsx';
import { letterShortcuts, type Shortcut, shortcutGroups } from '#app/chat/_shell/keyboard/shortcut-list.ts';
import { settingsPath } from '#app/chat/_shell/place.ts';

/** Every key there is. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const letterKeys = usePreference('letterKeys');
  const list = useRef<HTMLDivElement>(null);
  return (
    <Dialog open onClose={onClose} title="Keyboard shortcuts" size="large" initialFocus={list}>
      <div ref={list} tabIndex={-1} className="outline-none mt-4 grid gap-x-8 gap-y-6 md:grid-cols-2">
        {shortcutGroups.map(({ title, shortcuts }) => (
          <Group key={title} title={title} shortcuts={shortcuts} />
        ))}
        {letterKeys ? (
          <Group title="Single letters" shortcuts={letterShortcuts} />
        ) : (
          <p className="text-sm text-ink-muted md:col-span-2">
            There are single-letter keys as well: switch them on under{' '}
            <AppLink
              href={settingsPath('appearance')}
              onClick={onClose}
              className="text-accent-ink underline underline-offset-4"
            >
              Appearance
            </AppLink>
            .
          </p>
        )}
      </div>
    </Dialog>
  );
}

function Group({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  return (
    <section>
      <h3 className="mb-2 text-sm font-semibold text-ink-muted">{title}</h3>
      <dl className="grid gap-1.5">
        {shortcuts.map(({ keys, does }) => (
          <div key={keys} className="flex items-baseline justify-between gap-4">
            <dt className="text-sm">{does}</dt>
            <dd className="flex shrink-0 gap-1">
              <kbd className="rounded-sm border border-line bg-sunken px-1.5 font-sans text-xs leading-5 whitespace-pre text-ink-muted">
                {keys}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
