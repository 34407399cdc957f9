'use client';

import { DeleteAccount } from '#app/chat/_shell/settings/delete-account.tsx';
import { PasswordSettings } from '#app/chat/_shell/settings/password-settings.tsx';
import { SessionSettings } from '#app/chat/_shell/settings/session-settings.tsx';
import { SettingsSection } from '#app/chat/_shell/settings/settings-section.tsx';

/** Password, devices, and the way out for good. */
export function SecuritySettings() {
  return (
    <div className="grid grid-cols-1 gap-8">
      <SettingsSection title="Password">
        <PasswordSettings />
      </SettingsSection>
      <SettingsSection title="Where you are signed in">
        <SessionSettings />
      </SettingsSection>
      <SettingsSection title="Delete account">
        <DeleteAccount />
      </SettingsSection>
    </div>
  );
}
