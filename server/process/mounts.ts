import { uploadMounts } from '#server/uploads/routes';

/** Something under a path of its own that is neither a dialect nor tRPC: a plain Fetch handler. */
export type Mount = {
  /** the path itself and everything below it */
  prefix: string;
  methods: readonly string[];
  handle(request: Request): Response | Promise<Response>;
};

/** Asked in this order, after the dialects and before the pages. */
export const MOUNTS: readonly Mount[] = [...uploadMounts];

export function findMount(path: string): Mount | undefined {
  return MOUNTS.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
}
