export type Toast = {
  id: number;
  text: string;
  tone: 'plain' | 'problem';
  action?: { label: string; run: () => void };
};

let shown: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();
const DURATION_MS = 5_000;

function set(next: readonly Toast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** Says something briefly at the edge of the page; it leaves by itself after five seconds. */
export function toast(text: string, options: Partial<Pick<Toast, 'tone' | 'action'>> = {}): void {
  const id = nextId++;
  set([...shown.slice(-2), { id, text, tone: options.tone ?? 'plain', action: options.action }]);
  setTimeout(() => dismissToast(id), DURATION_MS);
}

export function dismissToast(id: number): void {
  if (shown.some((entry) => entry.id === id)) set(shown.filter((entry) => entry.id !== id));
}

export const toasts = {
  get: () => shown,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
