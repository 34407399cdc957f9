/** Something under a path of its own that is neither a dialect nor tRPC: a plain Fetch handler. */
export type Mount = {
  /** the path itself and everything below it */
  prefix: string;
  methods: readonly string[];
  handle(request: Request): Response | Promise<Response>;
};
