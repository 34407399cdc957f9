import type { Actor } from '#server/domain/kernel/actor';

/** What a procedure knows about its request. */
export type Context = {
  /** null for a visitor */
  actor: Actor | null;
  /** the request's id in the log */
  requestId: string;
};
