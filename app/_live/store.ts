/** A value that many components watch. Framework-free, so that reducers and sync code need no React. */
export type Store<S> = {
  get: () => S;
  /** what it began with: what the server rendered from, which a page has to be hydrated with */
  initial: S;
  /** replaces the state; listeners run only when the change returned something else */
  update: (change: (state: S) => S) => void;
  /** calls back after every change; returns the end of it */
  subscribe: (listener: () => void) => () => void;
};

export function createStore<S>(initial: S): Store<S> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    initial,
    update(change) {
      const next = change(state);
      if (Object.is(next, state)) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
