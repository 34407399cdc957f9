import type { Result, Router } from 'hono/router';
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { SmartRouter } from 'hono/router/smart-router';
import { TrieRouter } from 'hono/router/trie-router';

const MOST = 2_000;
const LONGEST = 200;

/**
 * Hono's usual router with a memory: the dispatcher asks each API about a path, Hono once more on the way to the
 * handler, and most requests are about the same few hundred paths.
 */
export class RememberingRouter<T> implements Router<T> {
  readonly name = 'RememberingRouter';
  readonly #router = new SmartRouter<T>({ routers: [new RegExpRouter<T>(), new TrieRouter<T>()] });
  readonly #known = new Map<string, Result<T>>();

  add(method: string, path: string, handler: T): void {
    this.#router.add(method, path, handler);
  }

  match(method: string, path: string): Result<T> {
    if (path.length > LONGEST) return this.#router.match(method, path);
    const key = `${method} ${path}`;
    const known = this.#known.get(key);
    if (known) return known;
    // anybody may ask about any path: what is forgotten is only found again
    if (this.#known.size >= MOST) this.#known.clear();
    const found = this.#router.match(method, path);
    this.#known.set(key, found);
    return found;
  }
}
