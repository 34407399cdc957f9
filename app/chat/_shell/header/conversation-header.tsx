'use client';

import { AtSign, Hash, Lock, Pin, Users } from 'lucide-react';
import { useAccount, useMe, usePresence } from '#app/_live/hooks.ts';
import type { ConversationView } from '#app/_live/model.ts';
import { conversationName, otherPeople } from '#app/_live/places.ts';
import { IconButton } from '#app/_ui/button.tsx';
import { presenceWord } from '#app/_ui/presence-dot.tsx';
import { ChannelMenu } from '#app/chat/_shell/header/channel-menu.tsx';
import { PageHeader } from '#app/chat/_shell/header/page-header.tsx';
import { useMembers } from '#app/chat/_shell/members/use-members.ts';
import { usePanel } from '#app/chat/_shell/panel/use-panel.ts';

/** What is open, who is in it, and what can be done with it. */
export function ConversationHeader({ conversation }: { conversation: ConversationView }) {
  const me = useMe();
  const { panel, show } = usePanel();
  const Icon = conversation.kind === 'direct' ? AtSign : conversation.visibility === 'private' ? Lock : Hash;
  return (
    <PageHeader
      icon={<Icon size={18} aria-hidden="true" className="shrink-0 text-ink-faint" />}
      title={conversationName(conversation, me.id)}
      subtitle={
        conversation.kind === 'direct' ? (
          <DirectSubtitle conversation={conversation} />
        ) : (
          <ChannelSubtitle conversation={conversation} />
        )
      }
    >
      <IconButton
        label="Pins"
        aria-pressed={panel === 'pins'}
        onClick={() => show(panel === 'pins' ? null : 'pins')}
      >
        <Pin size={18} aria-hidden="true" />
      </IconButton>
      <IconButton
        label="Members"
        aria-pressed={panel === 'members'}
        onClick={() => show(panel === 'members' ? null : 'members')}
      >
        <Users size={18} aria-hidden="true" />
      </IconButton>
      {conversation.kind === 'channel' && <ChannelMenu conversation={conversation} />}
    </PageHeader>
  );
}

function ChannelSubtitle({ conversation }: { conversation: ConversationView }) {
  const members = useMembers(conversation);
  const count = members && `${members.length} ${members.length === 1 ? 'member' : 'members'}`;
  return <>{[count, conversation.topic].filter(Boolean).join(' · ') || '\u00a0'}</>;
}

function DirectSubtitle({ conversation }: { conversation: ConversationView }) {
  const me = useMe();
  const others = otherPeople(conversation, me.id);
  const first = others[0];
  const presence = usePresence(first?.id ?? 0);
  const account = useAccount(first?.id ?? 0);
  if (others.length > 1) return <>{others.length + 1} people</>;
  return <>{[account?.displayName, presenceWord(presence), account?.bio].filter(Boolean).join(' · ')}</>;
}
