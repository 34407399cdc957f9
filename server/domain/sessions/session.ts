import type { Face } from '#server/domain/kernel/actor';
import { loginSettings } from '#server/platform/settings';

/** What somebody signs in with: kept with the session, so that they recognise it in the list of their devices. */
export type Device = { face: Face; userAgent: string | null; ip: string | null };

/** A session just opened. `token` is the only copy of its secret: the database keeps a hash. */
export type OpenedSession = { id: number; token: string };

/** One of the actor's own sessions. Stamps. */
export type SessionView = {
  id: number;
  face: string;
  userAgent: string | null;
  ip: string | null;
  /** the first eight characters of its secret; null for sessions older than that */
  hint: string | null;
  createdAt: number;
  /** at most an hour behind */
  lastUsedAt: number;
  /** the one that asks */
  current: boolean;
};

const SECOND = 1_000_000;
const HOUR = 3_600 * SECOND;

/** How long an unused session lives, in microseconds. Every use begins it anew. */
export const SESSION_LIFETIME = 30 * 24 * HOUR;

/** The same for a face whose settings say otherwise. */
export function lifetimeOf(face: Face): number {
  return face === 'mikrochat' ? loginSettings().auth.refreshTokenExpirySeconds * SECOND : SESSION_LIFETIME;
}

/** Uses are written down no more often than this (microseconds): reads must not become writes. */
export const USE_RECORDED_EVERY = HOUR;
