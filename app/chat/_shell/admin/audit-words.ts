import type { trpc } from '#app/_live/client.ts';

export type Entry = Awaited<ReturnType<typeof trpc.admin.audit.query>>['entries'][number];

/** Every action by what it is called in a filter. */
export const actionNames: Record<Entry['action'], string> = {
  'server.settings.update': 'Server renamed',
  'server.sign_in.update': 'Sign-in changed',
  'server.export': 'Export taken',
  'channel.create': 'Channel added',
  'channel.update': 'Channel changed',
  'channel.delete': 'Channel deleted',
  'webhook.create': 'Webhook created',
  'webhook.delete': 'Webhook deleted',
  'user.create': 'Person added',
  'user.password.reset': 'Password reset',
  'user.role.update': 'Role changed',
  'user.remove': 'Person removed',
  'user.exit': 'Person left',
};

const roles: Readonly<Record<string, string>> = { owner: 'owner', admin: 'administrator', member: 'member' };

/** What was done, without by whom: "renamed the server to Lighthouse". `nameOf` knows who is still here. */
export function sentenceOf(
  { action, metadata, targetId }: Entry,
  nameOf: (accountId: number | null) => string,
): string {
  const name = String(metadata.name ?? '');
  const channel = metadata.channel ? ` for ${metadata.channel}` : '';
  switch (action) {
    case 'server.settings.update':
      return `named the server ${name}`;
    case 'server.sign_in.update':
      return 'changed how people sign in';
    case 'server.export':
      return 'took an export';
    case 'channel.create':
      return `added the channel ${name}`;
    case 'channel.update':
      return metadata.formerName
        ? `renamed the channel ${metadata.formerName} to ${name}`
        : `changed the channel ${name}`;
    case 'channel.delete':
      return `deleted the channel ${name}`;
    case 'webhook.create':
      return `created the webhook ${name}${channel}`;
    case 'webhook.delete':
      return `deleted the webhook ${name}${channel}`;
    case 'user.create':
      return `added ${nameOf(targetId)}`;
    case 'user.password.reset':
      return `reset the password of ${nameOf(targetId)}`;
    case 'user.role.update':
      return `made ${nameOf(targetId)} ${roles[String(metadata.role)] ?? 'something else'}`;
    case 'user.remove':
      return `removed ${metadata.username ?? nameOf(targetId)}`;
    case 'user.exit':
      return 'left the server';
  }
}
