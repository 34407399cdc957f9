'use client';

import { Bell, Palette, Shield, User } from 'lucide-react';
import { AppLink } from '#app/chat/_shell/app-link.tsx';
import { PageHeader } from '#app/chat/_shell/header/page-header.tsx';
import { type SettingsTab, settingsPath } from '#app/chat/_shell/place.ts';
import { AppearanceSettings } from '#app/chat/_shell/settings/appearance-settings.tsx';
import { NotificationSettings } from '#app/chat/_shell/settings/notification-settings.tsx';
import { ProfileSettings } from '#app/chat/_shell/settings/profile-settings.tsx';
import { SecuritySettings } from '#app/chat/_shell/settings/security-settings.tsx';

const tabs = {
  profile: { name: 'Profile', icon: User, content: ProfileSettings },
  notifications: { name: 'Notifications', icon: Bell, content: NotificationSettings },
  appearance: { name: 'Appearance', icon: Palette, content: AppearanceSettings },
  security: { name: 'Security', icon: Shield, content: SecuritySettings },
} as const;

/** What a person can change about themselves and about the app. */
export function SettingsPage({ tab }: { tab: SettingsTab }) {
  const { name, content: Content } = tabs[tab];
  return (
    <>
      <PageHeader title="Settings" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-2xl px-5 pt-4 pb-16">
          <nav aria-label="Settings" className="mb-6 flex gap-1 overflow-x-auto border-b border-line pb-2">
            {Object.entries(tabs).map(([key, { name, icon: Icon }]) => (
              <AppLink
                key={key}
                href={settingsPath(key as SettingsTab)}
                aria-current={key === tab ? 'page' : undefined}
                className="flex h-9 items-center gap-2 rounded-control px-3 font-medium text-ink-muted hover:bg-hover aria-[current]:bg-accent-soft aria-[current]:text-accent-ink touch:h-11"
              >
                <Icon size={16} aria-hidden="true" />
                {name}
              </AppLink>
            ))}
          </nav>
          <h2 className="mb-4 text-lg font-semibold">{name}</h2>
          <Content />
        </div>
      </div>
    </>
  );
}
