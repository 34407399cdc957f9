'use client';

import { Bell } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { setPreference } from '#app/_ui/preferences.ts';

const ASKED_KEY = 'notificationsAsked';

/**
 * Asks whether to notify, in the page and after the person has begun to use it: the browser's own question can only
 * be asked once, so it comes when somebody has said yes here.
 */
export function NotificationPrompt() {
  const [isShown, setShown] = useState(false);

  useEffect(() => {
    if (!mayAsk()) return;
    const show = () => setShown(true);
    window.addEventListener('keydown', show, { once: true });
    return () => window.removeEventListener('keydown', show);
  }, []);

  function answer(yes: boolean) {
    localStorage.setItem(ASKED_KEY, 'true');
    setShown(false);
    setPreference('nativeNotifEnabled', yes);
    if (yes) void Notification.requestPermission();
  }

  if (!isShown) return null;
  return (
    <section
      aria-label="Notify me"
      className="m-2 rounded-panel border border-line bg-canvas p-3 text-sm max-md:hidden"
    >
      <p className="flex items-center gap-2 font-medium">
        <Bell size={16} aria-hidden="true" className="text-accent-ink" />
        Hear about new messages?
      </p>
      <p className="mt-1 text-ink-muted">Only while you are looking elsewhere.</p>
      <div className="mt-2 flex gap-2">
        <Button variant="primary" className="h-8 flex-1" onClick={() => answer(true)}>
          Notify me
        </Button>
        <Button className="h-8 flex-1" onClick={() => answer(false)}>
          Not now
        </Button>
      </div>
    </section>
  );
}

function mayAsk(): boolean {
  return (
    'Notification' in window &&
    Notification.permission === 'default' &&
    localStorage.getItem(ASKED_KEY) === null
  );
}
