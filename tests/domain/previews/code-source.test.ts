import { describe, expect, it } from 'vitest';
import { codeSourceOf } from '#server/domain/previews/code-source';

const source = (url: string) => {
  const found = codeSourceOf(new URL(url));
  return found && { raw: found.raw.href, filepath: found.filepath, lines: found.lines };
};

describe('where the text of a linked file is', () => {
  it.each(['https://bitbucket.org', 'https://www.bitbucket.org'])('on %s', (origin) => {
    expect(source(`${origin}/team/app/src/main/lib/a.py#lines-10:12`)).toEqual({
      raw: 'https://api.bitbucket.org/2.0/repositories/team/app/src/main/lib/a.py',
      filepath: 'lib/a.py',
      lines: { start: 10, end: 12 },
    });
    expect(source(`${origin}/team/app/src/main/a.py#lines-7`)?.lines).toEqual({ start: 7, end: 7 });
    expect(source(`${origin}/team/app/src/main/README`)?.lines).toBeNull();
  });

  it('on a Bitbucket server, whatever its host and scheme', () => {
    expect(source('http://code.lan:7990/projects/FW/repos/boot/browse/src/start.S#3-9')).toEqual({
      raw: 'http://code.lan:7990/rest/api/1.0/projects/FW/repos/boot/raw/src/start.S',
      filepath: 'src/start.S',
      lines: { start: 3, end: 9 },
    });
  });

  it('is the link itself when that names a source file', () => {
    const lines = { start: 4, end: 8 };
    for (const hash of ['#L4-L8', '#L4-8', '#4-8', '#lines-4:8']) {
      expect(source(`https://example.com/raw/x.vhd?v=2${hash}`)).toEqual({
        raw: 'https://example.com/raw/x.vhd?v=2',
        filepath: 'raw/x.vhd',
        lines,
      });
    }
    expect(source('https://example.com/Dockerfile')).toMatchObject({ filepath: 'Dockerfile' });
  });

  it('takes lines in the wrong order as the first one', () => {
    expect(source('https://example.com/x.c#L8-L4')?.lines).toEqual({ start: 8, end: 8 });
  });

  it.each([
    'https://example.com/',
    'https://example.com/page.html',
    'https://example.com/photo.png',
    'https://example.com/projects/P/repos/R/browse',
    'https://bitbucket.org/team/app/pull-requests/3',
    'https://bitbucket.org.evil.example/team/app/src/main/lib/readme',
    'https://example.com/%ff',
  ])('is nowhere for %s', (url) => {
    expect(source(url)).toBeNull();
  });
});
