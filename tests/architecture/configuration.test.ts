import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Environment } from '#server/platform/env';
import { Settings } from '#server/platform/settings';
import { sourceFiles } from '#tests/support/source-files';

const guide = readFileSync('docs/configuration.md', 'utf8');
const rowsOf = (heading: string) => {
  const section = guide.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1] as string);
};

describe('docs/configuration.md', () => {
  it('documents every environment variable, and none that does not exist', () => {
    expect(rowsOf('Environment variables').sort()).toEqual(Object.keys(Environment.shape).sort());
  });

  it('documents every key of the settings, and none that does not exist', () => {
    expect(rowsOf('Settings').sort()).toEqual(Object.keys(Settings.shape).sort());
  });
});

it('the server reads its environment in one place', () => {
  const readers = sourceFiles('server').filter(({ text }) => /process\.env\b/.test(text));
  expect(readers.map(({ path }) => path)).toEqual(['server/platform/env.ts']);
});
