/**
 * What survives a reload, as JSON under one prefix per account. A browser that refuses storage (private mode, full)
 * keeps it in memory instead: nothing is lost until the page is.
 */
export type Keep = {
  read: (key: string) => unknown;
  /** null forgets it */
  write: (key: string, value: unknown) => void;
  keys: () => string[];
};

export function createKeep(accountId: number): Keep {
  const prefix = `parley:${accountId}:`;
  const memory = new Map<string, string>();
  return {
    read(key) {
      try {
        const text = memory.get(key) ?? localStorage.getItem(prefix + key);
        return text === null ? null : JSON.parse(text);
      } catch {
        return null;
      }
    },
    write(key, value) {
      const text = JSON.stringify(value);
      try {
        memory.delete(key);
        if (value === null) localStorage.removeItem(prefix + key);
        else localStorage.setItem(prefix + key, text);
      } catch {
        memory.set(key, text);
      }
    },
    keys() {
      const stored = Object.keys(globalThis.localStorage ?? {}).filter((key) => key.startsWith(prefix));
      return [...new Set([...stored.map((key) => key.slice(prefix.length)), ...memory.keys()])];
    },
  };
}
