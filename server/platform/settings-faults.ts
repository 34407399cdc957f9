import { Settings } from '#server/platform/settings-schema';

type Tree = Record<string, unknown>;

/** The paths (`auth.authMode`) of keys that are unknown, or whose values the schema replaced by their defaults. */
export function faultsOf(given: Tree): string[] {
  return faultsIn(given, Settings.parse(given), Settings.parse({}), '');
}

function faultsIn(given: Tree, used: Tree, defaults: Tree, prefix: string): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const path = prefix + name;
    if (!(name in used)) return [path];
    const [taken, fallback] = [used[name], defaults[name]];
    if (isTree(value) && isTree(taken) && isTree(fallback)) {
      return faultsIn(value, taken, fallback, `${path}.`);
    }
    const isReplaced = isEqual(taken, fallback) && !isEqual(value, fallback);
    const isShortened = Array.isArray(value) && Array.isArray(taken) && value.length !== taken.length;
    return isReplaced || isShortened ? [path] : [];
  });
}

function isTree(value: unknown): value is Tree {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
