'use client';

import { createContext, use } from 'react';
import { classes } from '#app/_ui/classes.ts';

/** Who can be mentioned, asked by lower-case name. */
export type Mentionable = {
  isName: (lowerCase: string) => boolean;
  isMe: (lowerCase: string) => boolean;
};

export const EVERYONE = 'everyone';

const nobody: Mentionable = { isName: () => false, isMe: () => false };

export const MentionContext = createContext<Mentionable>(nobody);

/** "@alice", brighter when it concerns me. */
export function MentionPill({ name, text }: { name: string; text: string }) {
  const { isMe } = use(MentionContext);
  const concernsMe = name === EVERYONE || isMe(name);
  return (
    <span
      className={classes(
        'rounded-sm px-0.5 font-medium',
        concernsMe ? 'bg-mention-me-soft text-mention-me-ink' : 'bg-mention-soft text-mention-ink',
      )}
    >
      {text}
    </span>
  );
}
