import type { Person } from '#server/domain/kernel/actor';

/** Everything the log keeps. What was done to accounts is of the category `user`, all else of `server`. */
export const AUDIT_ACTIONS = [
  'server.settings.update',
  'server.sign_in.update',
  'server.export',
  'channel.create',
  'channel.update',
  'channel.delete',
  'webhook.create',
  'webhook.delete',
  'user.create',
  'user.password.reset',
  'user.role.update',
  'user.remove',
  'user.exit',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
export type AuditCategory = 'server' | 'user';
export type AuditTarget = 'server' | 'user' | 'channel' | 'webhook';
export type AuditMetadata = Record<string, string | number | boolean | null>;

export type AuditEntry = {
  id: number;
  action: AuditAction;
  /** who did it; null for what was done on the machine itself */
  actor: Person | null;
  targetType: AuditTarget;
  /** id of the account, conversation or webhook it was done to */
  targetId: number | null;
  metadata: AuditMetadata;
  /** stamp */
  createdAt: number;
};

export function categoryOf(action: AuditAction): AuditCategory {
  return action.startsWith('user.') ? 'user' : 'server';
}
