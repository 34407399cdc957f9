import type { Readable } from 'node:stream';

/** Something under a path of its own that is neither a dialect nor tRPC: a plain Fetch handler. */
export type Mount = {
  /** the path itself and everything below it */
  prefix: string;
  methods: readonly string[];
  /** `incoming` is Node's own stream of the body, where main.ts is in front */
  handle(request: Request, incoming?: Readable | null): Response | Promise<Response>;
};
