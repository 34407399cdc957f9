// A warning nobody expects is a fault nobody has seen yet: it fails the test that caused it.
import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest';

type Level = 'error' | 'warn';
const LEVELS: Level[] = ['error', 'warn'];
const spies = new Map<Level, MockInstance<typeof console.error>>();
const expected: { level: Level; words: RegExp }[] = [];

beforeEach(() => {
  expected.length = 0;
  for (const level of LEVELS) {
    spies.get(level)?.mockRestore();
    spies.set(
      level,
      vi.spyOn(console, level).mockImplementation(() => {}),
    );
  }
});

afterEach(() => {
  for (const level of LEVELS) {
    const lines = (spies.get(level)?.mock.calls ?? []).map((call) => call.map(String).join(' '));
    const surprising = lines.filter(
      (line) => !expected.some((one) => one.level === level && one.words.test(line)),
    );
    expect(surprising, `console.${level} was called`).toEqual([]);
  }
});

/** Declares, inside a test, that a console line is part of what it tests. */
export function expectConsole(level: Level, words: RegExp): void {
  expected.push({ level, words });
}
