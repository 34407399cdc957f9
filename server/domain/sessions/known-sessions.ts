import { LRUCache } from 'lru-cache';
import type { Actor } from '#server/domain/kernel/actor';
import { processSingleton } from '#server/platform/process-singleton';

/** A session found in the database a moment ago, or the account behind an access token. `expiresAt` is a stamp. */
export type KnownSession = { actor: Actor; expiresAt: number };

/**
 * The sessions this process has seen in the last seconds, by the hash of their token, so that a busy client costs
 * no round trip per request; the bearers of access tokens likewise. What ends here is dropped at once, what ends
 * elsewhere when the hub hears of it, and the few seconds bound what nobody told us (a role taken by hand in the
 * database).
 */
class KnownSessions {
  readonly #keyOfSession = new Map<number, string>();
  readonly #byKey = new LRUCache<string, KnownSession>({
    max: 20_000,
    ttl: 5_000,
    dispose: ({ actor }, key) => {
      if (actor.sessionId !== null && this.#keyOfSession.get(actor.sessionId) === key) {
        this.#keyOfSession.delete(actor.sessionId);
      }
    },
  });
  #forgotten = 0;

  get(key: string): KnownSession | undefined {
    return this.#byKey.get(key);
  }

  /** Call before reading a session from the database, and hand the answer to `keep`. */
  mark(): number {
    return this.#forgotten;
  }

  /** Keeps what was read since `mark`, unless something was forgotten meanwhile: it may have been this one. */
  keep(mark: number, key: string, session: KnownSession): void {
    if (mark !== this.#forgotten) return;
    this.#byKey.set(key, session);
    if (session.actor.sessionId !== null) this.#keyOfSession.set(session.actor.sessionId, key);
  }

  forgetSessions(sessionIds: readonly number[]): void {
    this.#forgotten++;
    for (const id of sessionIds) {
      const key = this.#keyOfSession.get(id);
      if (key) this.#byKey.delete(key);
    }
  }

  /** Everything of an account whose name, role or right to be here is no longer what it was. */
  forgetAccount(accountId: number): void {
    this.#forgotten++;
    for (const [key, { actor }] of this.#byKey.entries()) {
      if (actor.accountId === accountId) this.#byKey.delete(key);
    }
  }
}

export const knownSessions = processSingleton('sessions.known', () => new KnownSessions());
