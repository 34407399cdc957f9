import type { Plain, Prisma, Visibility } from '#server/platform/database';

/** A channel as everybody who is in it sees it, the same for all. Stamps. */
export type ChannelView = {
  id: number;
  /** of a public channel: unique among the public ones, letter case included */
  name: string;
  topic: string | null;
  visibility: Visibility;
  /** the first public channel: always there, and never called anything else */
  isDefault: boolean;
  /** among the public channels, with the id second: those of the settings from 0, those made in the app after them */
  position: number;
  createdAt: number;
  /** the latest change of name or topic */
  updatedAt: number | null;
  createdById: number | null;
};

/** What a query has to select for a `ChannelView`; pass the row through `presentChannel`. */
export const channelFields = {
  id: true,
  name: true,
  topic: true,
  visibility: true,
  position: true,
  createdAt: true,
  updatedAt: true,
  createdById: true,
} satisfies Prisma.ConversationSelect;

type ChannelRow = Plain<Prisma.ConversationGetPayload<{ select: typeof channelFields }>>;

/** `defaultId` is the id of the first public channel. */
export function presentChannel(row: ChannelRow, defaultId: number | null): ChannelView {
  return { ...row, name: row.name ?? '', isDefault: row.id === defaultId };
}

/** The public channels that are there, as a where-clause. */
export const PUBLIC = {
  kind: 'channel',
  visibility: 'public',
  archivedAt: null,
} as const satisfies Prisma.ConversationWhereInput;
