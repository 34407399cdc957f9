'use client';

import { useSyncExternalStore } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { setPreference, usePreference } from '#app/_ui/preferences.ts';
import { Switch } from '#app/_ui/switch.tsx';
import { playSound } from '#app/chat/_shell/attention/sound.ts';

type Permission = NotificationPermission | 'missing';

const hints: Record<Permission, string> = {
  granted: 'When something new comes in while you look elsewhere, and whenever you are mentioned.',
  default: 'Your browser will ask you once.',
  denied: 'Your browser blocks them for this page. Allow them in its settings, beside the address.',
  missing: 'This browser has none.',
};

/** What may call for attention, in this browser. */
export function NotificationSettings() {
  const permission = usePermission();
  const isWanted = usePreference('nativeNotifEnabled');
  const isMuted = usePreference('notifMuted');

  async function change(on: boolean) {
    setPreference('nativeNotifEnabled', on);
    if (on && permission === 'default') await Notification.requestPermission();
    changed();
  }

  return (
    <>
      <Switch
        label="Notifications"
        hint={hints[permission]}
        checked={isWanted && permission === 'granted'}
        disabled={permission === 'denied' || permission === 'missing'}
        onChange={(on) => void change(on)}
      />
      <Switch label="Sounds" checked={!isMuted} onChange={(on) => setPreference('notifMuted', !on)} />
      <Button className="mt-2" onClick={playSound} disabled={isMuted}>
        Play the sound
      </Button>
    </>
  );
}

const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

function usePermission(): Permission {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => ('Notification' in window ? Notification.permission : 'missing'),
    () => 'default',
  );
}
