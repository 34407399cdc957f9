import { administrationMounts } from '#server/administration/routes';
import type { Mount } from '#server/platform/mount';
import { previewMounts } from '#server/previews/routes';
import { signInMounts } from '#server/sign-in/routes';
import { uploadMounts } from '#server/uploads/routes';

/** Asked in this order, after the dialects and before the pages. */
export const MOUNTS: readonly Mount[] = [
  ...uploadMounts,
  ...previewMounts,
  ...administrationMounts,
  ...signInMounts,
];

export function findMount(path: string): Mount | undefined {
  return MOUNTS.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
}
