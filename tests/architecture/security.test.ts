import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const page = readFileSync('docs/security.md', 'utf8');
const files = [...page.matchAll(/`((?:app|bin|docs|prisma|public|server|tests)\/[^`\s]+)`/g)].map(
  (match) => match[1] ?? '',
);
/** The rows of the chapters: item, what it asks for, where it is met, the test. */
const rows = [...page.matchAll(/^\| (\d+)\.\d+\.\d+ \|.*$/gm)].map(([row, chapter]) => ({
  chapter: Number(chapter),
  cells: row.split(' | ').length,
  row,
}));

describe('docs/security.md', () => {
  it('names files and tests that are there', () => {
    expect(new Set(files).size).toBeGreaterThan(100);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  it('names a test in every row but those about what is absent, or elsewhere', () => {
    const met = rows.filter(({ row }) => /`(?:app|server)\/[^`]+`/.test(row) && !/gap/i.test(row));
    const untested = met.filter(({ row }) => !/`tests\//.test(row)).map(({ row }) => row.slice(0, 80));
    expect(untested.length, untested.join('\n')).toBeLessThan(met.length / 10);
  });

  it('goes through every chapter that applies, each item once', () => {
    expect([...new Set(rows.map(({ chapter }) => chapter))]).toEqual(
      Array.from({ length: 16 }, (_, at) => at + 1),
    );
    const items = rows.map(({ row }) => row.split(' | ')[0]);
    expect(items.filter((item, at) => items.indexOf(item) !== at)).toEqual([]);
    expect(rows.filter(({ cells }) => cells !== 4).map(({ row }) => row)).toEqual([]);
  });
});
