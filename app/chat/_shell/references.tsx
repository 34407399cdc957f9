'use client';

import { type ReactNode, useMemo } from 'react';
import { useAccounts, useConversations, useMe } from '#app/_live/hooks.ts';
import { channelHrefs } from '#app/_live/places.ts';
import { ChannelContext } from '#app/_ui/markdown/channel-link.tsx';
import { channelSplitter } from '#app/_ui/markdown/channel-links.ts';
import { EVERYONE, MentionContext } from '#app/_ui/markdown/mention-pill.tsx';
import { AppLink } from '#app/chat/_shell/app-link.tsx';

/** What names in texts refer to, for every message below: people after an `@`, channels after a `#`. */
export function References({ children }: { children: ReactNode }) {
  return (
    <MentionContext value={useMentionable()}>
      <ChannelContext value={useChannelLinks()}>{children}</ChannelContext>
    </MentionContext>
  );
}

function useMentionable() {
  const accounts = useAccounts();
  const me = useMe();
  return useMemo(() => {
    const names = new Set([...accounts.values()].map((account) => account.username.toLowerCase()));
    const mine = me.username.toLowerCase();
    return {
      isName: (name: string) => name === EVERYONE || names.has(name),
      isMe: (name: string) => name === mine,
    };
  }, [accounts, me.username]);
}

/** Made anew when a channel comes, goes or is renamed, and not with every message. */
function useChannelLinks() {
  const key = JSON.stringify(channelHrefs(useConversations()));
  return useMemo(() => ({ split: channelSplitter(new Map(JSON.parse(key))), Link: AppLink }), [key]);
}
