'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { createContext, type ReactNode, use, useEffect, useMemo } from 'react';
import { useConversations, useMe } from '#app/_live/hooks.ts';
import type { ConversationView } from '#app/_live/model.ts';
import { conversationPath } from '#app/_live/places.ts';
import { lastReadCookie } from '#app/chat/_shell/last-read.ts';
import { nameShown } from '#app/chat/_shell/navigate.ts';
import { conversationAt, messageIdOf, type Place, placeOf, threadIdOf } from '#app/chat/_shell/place.ts';
import { useIsPhone } from '#app/chat/_shell/use-is-phone.ts';

export type Here = {
  /** null for an address the app does not have */
  place: Place | null;
  /** the conversation that is open; null on other pages and for unknown ones */
  conversation: ConversationView | null;
  /** the message the address points at */
  messageId: number | null;
  /** the message whose thread is open */
  threadId: number | null;
};

const HereContext = createContext<Here | null>(null);

/** Works out, once for everybody, what the address means. `lastRead` is what the server opened for home. */
export function PlaceProvider({ lastRead, children }: { lastRead: number | null; children: ReactNode }) {
  const pathname = usePathname();
  const messageId = messageIdOf(useSearchParams().toString());
  const conversations = useConversations();
  const me = useMe();
  const place = useMemo(() => placeOf(pathname), [pathname]);
  const last = remembered.id ?? lastRead;
  // The list fills a phone: what lies behind it is not being read.
  const isCovered = useIsPhone() && place?.kind === 'list';
  const conversation = place && !isCovered ? conversationAt(place, conversations, { id: me.id, last }) : null;
  const threadId = conversation && threadIdOf(pathname);
  const here = useMemo(
    () => ({ place, conversation, messageId, threadId }),
    [place, conversation, messageId, threadId],
  );

  const shownId = conversation?.id ?? null;
  const shownPath = conversation && conversationPath(conversation, me.id);
  useEffect(() => {
    nameShown(shownPath);
    if (shownId === null) return;
    remembered.id = shownId;
    document.cookie = lastReadCookie(shownId);
  }, [shownId, shownPath]);

  return <HereContext value={here}>{children}</HereContext>;
}

/** What was open last on this page: home leads there without asking the cookie. */
const remembered: { id: number | null } = { id: null };

/** Where the page is. */
export function useHere(): Here {
  const here = use(HereContext);
  if (!here) throw new Error('useHere needs a <PlaceProvider> above it');
  return here;
}
