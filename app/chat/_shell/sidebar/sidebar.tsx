'use client';

import { AtSign, MessagesSquare, SquarePen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useConversations, useLiveState, useMe, useUnreadThreads } from '#app/_live/hooks.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { IconButton } from '#app/_ui/button.tsx';
import { classes } from '#app/_ui/classes.ts';
import { Late, part } from '#app/_ui/late.tsx';
import { Logo } from '#app/_ui/logo.tsx';
import { AppLink } from '#app/chat/_shell/app-link.tsx';
import { MENTIONS, THREADS } from '#app/chat/_shell/place.ts';
import { SearchField } from '#app/chat/_shell/search/search-field.tsx';
import { useShell } from '#app/chat/_shell/shell-state.tsx';
import { AccountMenu } from '#app/chat/_shell/sidebar/account-menu.tsx';
import { sectionsOf } from '#app/chat/_shell/sidebar/sections.ts';
import { SidebarSection } from '#app/chat/_shell/sidebar/sidebar-section.tsx';
import { useHere } from '#app/chat/_shell/use-place.tsx';

// It asks somebody who has begun to write, and nobody before.
const notificationPrompt = part(
  async () => (await import('#app/chat/_shell/sidebar/notification-prompt.tsx')).NotificationPrompt,
);
const NONE = {};

/** Every conversation of mine, search, and who I am. */
export function Sidebar({ className }: { className?: string }) {
  const conversations = useConversations();
  const { conversation } = useHere();
  const { openDialog } = useShell();
  const { role } = useMe();
  const serverName = useLiveState((state) => state.serverName);
  const openId = conversation?.id ?? null;
  const sections = sectionsOf(conversations, openId);
  return (
    <div className={classes('flex flex-col bg-sunken', className)}>
      <div className="flex h-header shrink-0 items-center gap-2 pr-2 pl-4">
        <Logo size={22} />
        <span className="min-w-0 flex-1 truncate font-semibold tracking-tight">{serverName ?? 'Parley'}</span>
        <IconButton label="New direct message" onClick={() => openDialog({ kind: 'new-direct' })}>
          <SquarePen size={18} aria-hidden="true" />
        </IconButton>
      </div>
      <SearchField />
      <nav aria-label="Conversations" className="min-h-0 flex-1 overflow-y-auto px-2 pt-2 pb-4">
        <ThreadsLink />
        <MentionsLink />
        <SidebarSection
          sectionKey="public"
          title="Public channels"
          conversations={sections.public}
          openId={openId}
          add={
            role === 'member'
              ? undefined
              : { label: 'Add public channel', onClick: () => openDialog({ kind: 'add-public-channel' }) }
          }
        />
        <SidebarSection
          sectionKey="private"
          title="Private channels"
          conversations={sections.private}
          openId={openId}
          add={{ label: 'Create channel', onClick: () => openDialog({ kind: 'create-channel' }) }}
          empty="Channels for a few of you"
        />
        <SidebarSection
          sectionKey="direct"
          title="Direct messages"
          conversations={sections.direct}
          openId={openId}
          add={{ label: 'Write to someone', onClick: () => openDialog({ kind: 'new-direct' }) }}
          empty="Nobody yet"
        />
      </nav>
      <Late part={notificationPrompt} props={NONE} />
      <div className="shrink-0 border-t border-line p-2">
        <AccountMenu />
      </div>
    </div>
  );
}

function ThreadsLink() {
  const { place } = useHere();
  return (
    <PageLink
      href={THREADS}
      name="Threads"
      count={useUnreadThreads()}
      isOpen={place?.kind === 'threads'}
      icon={<MessagesSquare size={16} aria-hidden="true" />}
    />
  );
}

function MentionsLink() {
  const { place } = useHere();
  return (
    <PageLink
      href={MENTIONS}
      name="Mentions"
      count={useConversations().reduce((sum, { mentions }) => sum + mentions, 0)}
      isOpen={place?.kind === 'mentions'}
      icon={<AtSign size={16} aria-hidden="true" />}
    />
  );
}

/** A page of the sidebar with what is unread there. */
function PageLink({
  href,
  name,
  count,
  isOpen,
  icon,
}: {
  href: string;
  name: string;
  count: number;
  isOpen: boolean;
  icon: ReactNode;
}) {
  return (
    <AppLink
      href={href}
      aria-label={count > 0 ? `${name}, ${count} unread` : name}
      aria-current={isOpen ? 'page' : undefined}
      className={classes(
        'flex h-8 items-center gap-2 rounded-control px-2 -outline-offset-2 transition-colors touch:h-11',
        'hover:bg-hover aria-[current]:bg-accent-soft aria-[current]:text-accent-ink',
        count > 0 ? 'font-semibold text-ink' : 'text-ink-muted',
      )}
    >
      <span className="flex w-6 shrink-0 justify-center">{icon}</span>
      <span className="flex-1">{name}</span> <Badge count={count} strong />
    </AppLink>
  );
}
