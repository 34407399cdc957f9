'use client';

import { useEffect } from 'react';
import { useConversations, useMe, useTotalUnread } from '#app/_live/hooks.ts';
import { conversationName } from '#app/_live/places.ts';
import { Late, part } from '#app/_ui/late.tsx';
import { pageTitle } from '#app/chat/_shell/attention/page-title.ts';
import type { Place } from '#app/chat/_shell/place.ts';
import { useHere } from '#app/chat/_shell/use-place.tsx';

// Nothing of it is seen: it can come after what is.
const background = part(async () => (await import('#app/chat/_shell/attention/background.tsx')).Background);
const NONE = {};

const ICON = '/app/icon.svg';
const ICON_UNREAD = '/app/icon-unread.svg';

/** What the page shows of itself elsewhere: title, tab icon, app badge, notifications, presence. */
export function Attention() {
  const me = useMe();
  const unread = useTotalUnread();
  const direct = useConversations().reduce(
    (sum, view) => sum + (view.kind === 'direct' ? view.unread : 0),
    0,
  );
  const { place, conversation } = useHere();
  const shown = conversation ? conversationName(conversation, me.id) : placeName(place);

  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"][type="image/svg+xml"]');
    if (icon) icon.href = unread > 0 ? ICON_UNREAD : ICON;
  }, [unread]);
  useEffect(() => {
    // Installed apps show it on their icon; elsewhere it does nothing or is not there.
    void navigator.setAppBadge?.(direct).catch(() => {});
  }, [direct]);
  return (
    <>
      <title>{pageTitle(unread, shown)}</title>
      <Late part={background} props={NONE} />
    </>
  );
}

function placeName(place: Place | null): string | null {
  switch (place?.kind) {
    case 'settings':
      return 'Settings';
    case 'admin':
      return 'Administration';
    case 'mentions':
      return 'Mentions';
    case 'threads':
      return 'Threads';
    case 'home':
    case 'list':
      return null;
    default:
      return 'Not found';
  }
}
