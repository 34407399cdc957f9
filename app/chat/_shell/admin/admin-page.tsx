'use client';

import { Hash, Mail, ScrollText, Server, Users, Webhook } from 'lucide-react';
import { useMe } from '#app/_live/hooks.ts';
import { AuditAdmin } from '#app/chat/_shell/admin/audit-admin.tsx';
import { ChannelsAdmin } from '#app/chat/_shell/admin/channels-admin.tsx';
import { MailAdmin } from '#app/chat/_shell/admin/mail-admin.tsx';
import { PeopleAdmin } from '#app/chat/_shell/admin/people-admin.tsx';
import { ServerAdmin } from '#app/chat/_shell/admin/server-admin.tsx';
import { WebhooksAdmin } from '#app/chat/_shell/admin/webhooks-admin.tsx';
import { AppLink } from '#app/chat/_shell/app-link.tsx';
import { PageHeader } from '#app/chat/_shell/header/page-header.tsx';
import { NotFoundHere } from '#app/chat/_shell/not-found-here.tsx';
import { type AdminTab, adminPath } from '#app/chat/_shell/place.ts';

const tabs = {
  users: { name: 'People', icon: Users, content: PeopleAdmin },
  channels: { name: 'Channels', icon: Hash, content: ChannelsAdmin },
  webhooks: { name: 'Webhooks', icon: Webhook, content: WebhooksAdmin },
  server: { name: 'Server', icon: Server, content: ServerAdmin },
  mail: { name: 'Mail', icon: Mail, content: MailAdmin },
  audit: { name: 'Audit log', icon: ScrollText, content: AuditAdmin },
} as const satisfies Record<AdminTab, object>;

/** On a phone there is no room for all of them. */
function intoView(link: HTMLAnchorElement | null): void {
  link?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

/** What owners and administrators see to. To everybody else there is nothing here. */
export function AdminPage({ tab }: { tab: AdminTab }) {
  const { role } = useMe();
  if (role === 'member') return <NotFoundHere />;
  const { name, content: Content } = tabs[tab];
  return (
    <>
      <PageHeader title="Administration" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-3xl px-5 pt-4 pb-16">
          <nav
            aria-label="Administration"
            className="mb-6 flex gap-1 overflow-x-auto border-b border-line pb-2"
          >
            {Object.entries(tabs).map(([key, { name, icon: Icon }]) => (
              <AppLink
                key={key}
                href={adminPath(key as AdminTab)}
                aria-current={key === tab ? 'page' : undefined}
                ref={key === tab ? intoView : undefined}
                className="flex h-9 shrink-0 items-center gap-2 rounded-control px-3 font-medium whitespace-nowrap text-ink-muted -outline-offset-2 hover:bg-hover aria-[current]:bg-accent-soft aria-[current]:text-accent-ink touch:h-11"
              >
                <Icon size={16} aria-hidden="true" />
                {name}
              </AppLink>
            ))}
          </nav>
          <h2 className="sr-only">{name}</h2>
          <Content key={tab} />
        </div>
      </div>
    </>
  );
}
