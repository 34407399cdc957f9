'use client';

import { type ComponentType, createContext, type ReactNode } from 'react';
import { channelSplitter, type SplitChannels } from '#app/_ui/markdown/channel-links.ts';

export type ChannelLinks = {
  split: SplitChannels;
  /** a link inside the app: formatting knows nothing of how the app moves */
  Link: ComponentType<{ href: string; className: string; children: ReactNode }>;
};

export const noChannels: ChannelLinks = { split: channelSplitter(new Map()), Link: () => null };

/** Which `#channels` a text leads to. */
export const ChannelContext = createContext<ChannelLinks>(noChannels);

export const channelClasses = 'rounded-sm bg-mention-soft px-0.5 font-medium text-mention-ink';
