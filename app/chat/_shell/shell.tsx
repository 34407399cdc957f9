'use client';

import { MessagesSquare } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { classes } from '#app/_ui/classes.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { LoadBoundary } from '#app/_ui/load-boundary.tsx';
import { Attention } from '#app/chat/_shell/attention/attention.tsx';
import { ConversationPage, UnopenedDirect } from '#app/chat/_shell/conversation-page.tsx';
import { ShellDialogs } from '#app/chat/_shell/dialogs/shell-dialogs.tsx';
import { ShortcutKeys } from '#app/chat/_shell/keyboard/shortcut-keys.tsx';
import { putListBelow } from '#app/chat/_shell/navigate.ts';
import { NotFoundHere } from '#app/chat/_shell/not-found-here.tsx';
import { Panel } from '#app/chat/_shell/panel/panel.tsx';
import { usePanel } from '#app/chat/_shell/panel/use-panel.ts';
import { Sidebar } from '#app/chat/_shell/sidebar/sidebar.tsx';
import { isPhone, useIsPhone } from '#app/chat/_shell/use-is-phone.ts';
import { useHere } from '#app/chat/_shell/use-place.tsx';

const MentionsPage = lazy(async () => ({
  default: (await import('#app/chat/_shell/mentions/mentions-page.tsx')).MentionsPage,
}));
const AdminPage = lazy(async () => ({
  default: (await import('#app/chat/_shell/admin/admin-page.tsx')).AdminPage,
}));
const ThreadsPage = lazy(async () => ({
  default: (await import('#app/chat/_thread/threads-page.tsx')).ThreadsPage,
}));
const SettingsPage = lazy(async () => ({
  default: (await import('#app/chat/_shell/settings/settings-page.tsx')).SettingsPage,
}));

/**
 * The frame of the app: the list of conversations, what is open, and what stands beside it. A phone shows one of
 * them at a time, by style alone, so that the server's HTML is right before any script has run.
 */
export function Shell() {
  const { place, conversation } = useHere();
  const isList = place?.kind === 'list';
  const main = useRef<HTMLElement>(null);
  const { panel } = usePanel();
  const isCovered = useIsPhone() && conversation !== null && panel !== null;

  useEffect(() => {
    if (isPhone()) putListBelow();
  }, []);

  return (
    <div className="relative flex h-dvh overflow-hidden pt-[env(safe-area-inset-top)] pr-[env(safe-area-inset-right)] pb-[env(safe-area-inset-bottom)] pl-[env(safe-area-inset-left)]">
      <button
        type="button"
        onClick={() => main.current?.focus()}
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-40 focus:rounded-control focus:bg-raised focus:px-4 focus:py-2 focus:shadow-float"
      >
        Skip to content
      </button>
      <Sidebar
        className={classes(
          'w-sidebar shrink-0 border-r border-line max-md:w-full max-md:border-r-0',
          !isList && 'max-md:hidden',
        )}
      />
      <main
        ref={main}
        tabIndex={-1}
        // On a phone the panel lies over it: it keeps its place, but is not there.
        inert={isCovered}
        aria-hidden={isCovered || undefined}
        className={classes('relative flex min-w-0 flex-1 flex-col outline-none', isList && 'max-md:hidden')}
      >
        <LoadBoundary key={conversation ? 'conversation' : place?.kind}>
          <Suspense fallback={<PageSkeleton />}>
            <Page />
          </Suspense>
        </LoadBoundary>
      </main>
      <Panel />
      <ShellDialogs />
      <ShortcutKeys />
      <Attention />
    </div>
  );
}

function Page() {
  const { place, conversation, messageId, threadId } = useHere();
  if (conversation) {
    // the message of a thread's address is in the thread
    const pointedAt = threadId === null ? messageId : null;
    return <ConversationPage conversation={conversation} messageId={pointedAt} />;
  }
  switch (place?.kind) {
    case 'settings':
      return <SettingsPage tab={place.tab} />;
    case 'admin':
      return <AdminPage tab={place.tab} />;
    case 'mentions':
      return <MentionsPage />;
    case 'threads':
      return <ThreadsPage />;
    case 'direct':
      return <UnopenedDirect names={place.names} />;
    case 'home':
    case 'list':
      return <NothingYet />;
    default:
      return <NotFoundHere />;
  }
}

/** A page whose code is on its way: its height, and its first lines if that takes long enough to be noticed. */
function PageSkeleton() {
  return (
    <div aria-hidden="true" className="appear-late flex-1">
      <div className="flex h-header items-center border-b border-line px-5">
        <span className="skeleton h-4 w-32" />
      </div>
      <div className="mx-auto grid max-w-2xl gap-4 p-5">
        <span className="skeleton h-9 w-3/4" />
        <span className="skeleton h-24" />
        <span className="skeleton h-24" />
      </div>
    </div>
  );
}

/** Somebody who belongs to no conversation at all. */
function NothingYet() {
  return (
    <EmptyState icon={<MessagesSquare size={32} aria-hidden="true" />} title="No conversations yet">
      Write to somebody, or create a channel: both are in the list beside this.
    </EmptyState>
  );
}
