import { z } from 'zod';

/** Microseconds since the epoch. */
export const Stamp = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** Long enough for every name there is; the domain words what is wrong with one. */
export const Name = z.string().max(1_000);

export const Password = z.string().max(10_000);

export const Email = z.string().max(1_000);
