import { type Db, prisma } from '#server/platform/database';

/** What its administrators have called this server; null while they haven't, and each face says its own. */
export async function serverName(db: Db = prisma): Promise<string | null> {
  const home = await db.community.findFirst({ where: { isHome: true }, select: { name: true } });
  return home?.name ?? null;
}
