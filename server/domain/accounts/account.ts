import { DELETED_NAME, type InstanceRole, type Person } from '#server/domain/kernel/actor';
import type { Plain, Prisma } from '#server/platform/database';

/** An account as everybody on the server may see it. */
export type AccountView = {
  id: number;
  /** as spelled at signup */
  username: string;
  displayName: string | null;
  /** what it may do on the whole server */
  role: InstanceRole;
  /** `#rrggbb` as typed */
  nameColor: string | null;
  /** `<32 hex><.ext>` in the avatar store */
  avatarFile: string | null;
  bio: string | null;
  /** stamp */
  createdAt: number;
};

/** What a query has to select for an `AccountView`; pass the row through `presentAccount`. */
export const accountFields = {
  id: true,
  username: true,
  displayName: true,
  role: true,
  nameColor: true,
  avatarFile: true,
  bio: true,
  createdAt: true,
} satisfies Prisma.AccountSelect;

type AccountRow = Plain<Prisma.AccountGetPayload<{ select: typeof accountFields }>>;

/** The view of a row that `accountFields` selected. */
export function presentAccount(row: AccountRow): AccountView {
  return { ...row, username: row.username ?? DELETED_NAME };
}

export const personFields = { id: true, username: true, displayName: true } satisfies Prisma.AccountSelect;

type PersonRow = Plain<Prisma.AccountGetPayload<{ select: typeof personFields }>>;

/** An account row as others see it beside what it wrote. */
export function presentPerson({ id, username, displayName }: PersonRow): Person {
  return { id, name: username ?? DELETED_NAME, displayName };
}
