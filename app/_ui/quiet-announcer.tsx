'use client';

import { useEffect } from 'react';

/**
 * Next tells screen readers about a new page title through an element with the role of an alert. An alert here is a
 * refusal, and nothing else interrupts people: this turns Next's into a polite message.
 */
export function QuietAnnouncer() {
  useEffect(() => {
    const observer = new MutationObserver(quiet);
    observer.observe(document.body, { childList: true });
    quiet();
    function quiet() {
      const announcer = document.querySelector('next-route-announcer')?.shadowRoot?.firstElementChild;
      if (!announcer) return;
      announcer.removeAttribute('role');
      announcer.setAttribute('aria-live', 'polite');
      observer.disconnect();
    }
    return () => observer.disconnect();
  }, []);
  return null;
}
