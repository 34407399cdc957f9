import { uploadLimitBytes } from '#server/domain/files/file';
import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { prisma } from '#server/platform/database';

const MEGABYTE = 1024 * 1024;
/** What one account may have uploaded without sending it: more is a mistake or an attack on the disk. */
const UNSENT_FILES = 100;
const UNSENT_LIMITS = 20;

/**
 * Whether uploads of these sizes (bytes) may begin. Refuses `too_large/file_too_large` for one over the limit and
 * `rate_limited/too_many_unsent_files` while too many earlier ones wait to be sent.
 */
export async function refuseUnlessRoomFor(actor: Actor, sizes: readonly number[]): Promise<void> {
  const limitBytes = uploadLimitBytes();
  for (const size of sizes) {
    refuseUnless(Number.isSafeInteger(size) && size >= 0, 'invalid', 'bad_size');
    refuseUnless(size <= limitBytes, 'too_large', 'file_too_large', { limitMb: limitBytes / MEGABYTE });
  }
  await refuseWhileTooManyUnsent(actor, sizes);
}

/** Refuses `rate_limited/too_many_unsent_files` while these would be too much beside earlier uploads yet to be sent. */
export async function refuseWhileTooManyUnsent(actor: Actor, sizes: readonly number[]): Promise<void> {
  const unsent = await prisma.file.aggregate({
    where: { uploaderId: actor.accountId, messageId: null, removedAt: null },
    _count: true,
    _sum: { size: true, thumbnailSize: true },
  });
  const kept = (unsent._sum.size ?? 0) + (unsent._sum.thumbnailSize ?? 0);
  const bytes = sizes.reduce((sum, size) => sum + size, kept);
  const fits = unsent._count + sizes.length <= UNSENT_FILES && bytes <= UNSENT_LIMITS * uploadLimitBytes();
  refuseUnless(fits, 'rate_limited', 'too_many_unsent_files');
}
