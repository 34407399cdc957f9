import { z } from 'zod';

/** Microseconds since the epoch. */
export const Stamp = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** A message's place in its conversation; 0 is before the first. */
export const Seq = z.number().int().nonnegative().max(2_147_483_647);

/** How many to answer at most. */
export const Limit = z.number().int().min(1).max(200);

/** A client's own name for a send. */
export const ClientKey = z.string().min(1).max(100);

/** Long enough for every name there is; the domain words what is wrong with one. */
export const Name = z.string().max(1_000);

export const Password = z.string().max(10_000);
