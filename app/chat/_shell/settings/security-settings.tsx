'use client';

import { Problem } from '#app/_ui/problem.tsx';
import { DeleteAccount } from '#app/chat/_shell/settings/delete-account.tsx';
import { EmailSettings } from '#app/chat/_shell/settings/email-settings.tsx';
import { FirstPassword } from '#app/chat/_shell/settings/first-password.tsx';
import { PasswordSettings } from '#app/chat/_shell/settings/password-settings.tsx';
import { SessionSettings } from '#app/chat/_shell/settings/session-settings.tsx';
import { SettingsSection } from '#app/chat/_shell/settings/settings-section.tsx';
import { useSignInFacts } from '#app/chat/_shell/settings/use-sign-in-facts.ts';

/** Password, address, devices, and the way out for good. */
export function SecuritySettings() {
  const { facts, problem, load } = useSignInFacts();
  return (
    <div className="grid grid-cols-1 gap-8">
      <SettingsSection title="Password">
        {facts?.hasPassword === false ? <FirstPassword /> : <PasswordSettings />}
      </SettingsSection>
      <SettingsSection title="Email address">
        <Problem text={problem} />
        {facts ? (
          <EmailSettings facts={facts} reload={load} />
        ) : (
          !problem && <div aria-hidden="true" className="appear-late skeleton h-36 max-w-md" />
        )}
      </SettingsSection>
      <SettingsSection title="Where you are signed in">
        <SessionSettings />
      </SettingsSection>
      <SettingsSection title="Delete account">
        <DeleteAccount hasPassword={facts?.hasPassword ?? true} />
      </SettingsSection>
    </div>
  );
}
