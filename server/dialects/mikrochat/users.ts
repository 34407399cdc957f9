import { z } from '@hono/zod-openapi';
import { millisecondsOf } from '#server/dialects/mikrochat/present';
import { isAdministrator } from '#server/domain/accounts/administration';
import type { DirectoryEntry } from '#server/domain/accounts/list-directory';

export const UserJson = z
  .strictObject({
    id: z.string(),
    userName: z.string(),
    email: z.string().openapi({ description: 'empty for people who have given none' }),
    isAdmin: z.boolean(),
    createdAt: z.int(),
    addedBy: z.string().optional(),
  })
  .openapi('User');
export type UserJson = z.output<typeof UserJson>;

export function presentUser(account: DirectoryEntry): UserJson {
  return {
    id: String(account.id),
    userName: account.displayName ?? account.username,
    email: account.email ?? '',
    isAdmin: isAdministrator(account),
    createdAt: millisecondsOf(account.createdAt),
    ...(account.addedById !== null && { addedBy: String(account.addedById) }),
  };
}
