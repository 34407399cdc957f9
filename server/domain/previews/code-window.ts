import type { CodeSource } from '#server/domain/previews/code-source';
import type { CodePreview } from '#server/domain/previews/preview';
import { extensionOf } from '#server/platform/storage/stored-name';

const WINDOW = 1000;
const BEFORE = 500;

/** The lines of a source file around those that a link means; null for an empty file or one that isn't text. */
export function codeWindow(source: CodeSource, text: string, url: string): CodePreview | null {
  if (text === '' || text.includes('\0')) return null;
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  const marked = source.lines && source.lines.start <= lines.length ? source.lines : null;
  const firstLine = marked ? Math.max(1, marked.start - BEFORE) : 1;
  const filename = source.filepath.split('/').at(-1) ?? '';
  return {
    type: 'code',
    filename,
    filepath: source.filepath,
    language: extensionOf(filename).slice(1),
    firstLine,
    highlightStart: marked?.start ?? null,
    highlightEnd: marked?.end ?? null,
    code: lines.slice(firstLine - 1, firstLine - 1 + WINDOW).join('\n'),
    totalLines: lines.length,
    url,
  };
}
