import { z } from 'zod';

/** The form of a backup; grows when an older Parley couldn't read a newer one's. */
export const FORMAT = 1;

/** What a backup says about itself: the first file in it. */
export const Manifest = z.object({
  format: z.literal(FORMAT),
  /** ISO 8601 */
  madeAt: z.iso.datetime(),
  /** the migrations the database had seen, oldest first: the shape of what follows */
  migrations: z.array(z.string().regex(/^\d{4,}_\w+$/)),
  tables: z.array(
    z.object({
      name: z.string().regex(/^\w+$/),
      columns: z.array(z.string().regex(/^\w+$/)),
      rows: z.number().int().nonnegative(),
    }),
  ),
  /** the next number each of them would give out is larger than this */
  sequences: z.array(z.object({ name: z.string().regex(/^\w+$/), last: z.string().regex(/^\d+$/) })),
});
export type Manifest = z.output<typeof Manifest>;

/** What of DATA_DIR belongs to a backup, beside the database. */
export const FOLDERS = ['files', 'avatars'];
export const FILES = ['settings.json', 'session_secret'];

/** The table in which Prisma keeps what it has applied; no migration makes it. */
export const MIGRATIONS_TABLE = '_prisma_migrations';
