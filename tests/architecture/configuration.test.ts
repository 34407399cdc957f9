import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Environment } from '#server/platform/env';
import { Settings } from '#server/platform/settings';
import { sourceFiles } from '#tests/support/source-files';

const guide = readFileSync('docs/configuration.md', 'utf8');
const rowsOf = (heading: string) => {
  const section = guide.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const firstCells = [...section.matchAll(/^\| (`[^|]+`) \|/gm)].map((match) => match[1] as string);
  return firstCells.flatMap((cell) => [...cell.matchAll(/`([\w.]+)`/g)].map((match) => match[1] as string));
};

/** `auth.authMode` for a key inside another. */
const leaves = (tree: object, prefix = ''): string[] =>
  Object.entries(tree).flatMap(([name, value]) =>
    isGroup(value) && name !== 'presets' ? leaves(value, `${prefix}${name}.`) : [prefix + name],
  );
const isGroup = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

describe('docs/configuration.md', () => {
  it('documents every environment variable, and none that does not exist', () => {
    expect(rowsOf('Environment variables').sort()).toEqual(Object.keys(Environment.shape).sort());
  });

  it('documents every key of the settings, and none that does not exist', () => {
    // named in the row of its neighbours, because it does nothing
    const documented = [...rowsOf('Settings'), 'chat.initialUser.id'];
    expect(documented.sort()).toEqual(leaves(Settings.parse({})).sort());
  });
});

it('the server reads its environment in one place', () => {
  const readers = sourceFiles('server').filter(({ text }) => /process\.env\b/.test(text));
  expect(readers.map(({ path }) => path)).toEqual(['server/platform/env.ts']);
});
