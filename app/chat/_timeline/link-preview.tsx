'use client';

import { useEffect, useRef, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { classes } from '#app/_ui/classes.ts';
import { useHighlighted } from '#app/_ui/markdown/use-highlighted.ts';
import type { CodePreview, PagePreview, Preview } from '#server/domain/previews/preview';

const NEAR_PX = 300;
const MOST_KEPT = 200;

/** What links turned out to lead to; kept, so that a card does not vanish and return while scrolling. */
const previews = new Map<string, Preview | null>();

/** A card for a link, asked for once the message comes near the viewport; nothing if there is nothing to show. */
export function LinkPreview({ url }: { url: string }) {
  const [preview, setPreview] = useState<Preview | null>(() => previews.get(url) ?? null);
  const marker = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const element = marker.current;
    if (!element || previews.has(url)) return;
    let isGone = false;
    const ask = async () => {
      const found = await trpc.previews.get.query({ url }).catch(() => undefined);
      if (found === undefined) return;
      if (previews.size >= MOST_KEPT) previews.delete(previews.keys().next().value as string);
      previews.set(url, found);
      if (!isGone) setPreview(found);
    };
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        void ask();
      },
      { root: element.closest('[role="log"]'), rootMargin: `${NEAR_PX}px 0px` },
    );
    observer.observe(element);
    return () => {
      isGone = true;
      observer.disconnect();
    };
  }, [url]);

  if (!preview) return <span ref={marker} aria-hidden="true" />;
  return preview.type === 'og' ? <PageCard preview={preview} /> : <CodeCard preview={preview} />;
}

const card = 'my-1.5 block max-w-lg overflow-hidden rounded-control border border-line';

/** The page's picture comes from our own server, small: reading a message must not call another host. */
function PageCard({ preview }: { preview: PagePreview }) {
  if (!preview.title && !preview.description) return null;
  return (
    <a
      href={preview.url}
      target="_blank"
      rel="noopener noreferrer"
      className={classes(card, 'flex gap-3 border-l-4 px-3 py-2 hover:bg-hover')}
    >
      <span className="min-w-0 flex-1">
        <span className="block truncate text-xs text-ink-muted">{preview.domain}</span>
        {preview.title && (
          <span dir="auto" className="line-clamp-2 font-semibold break-words text-accent-ink">
            {preview.title}
          </span>
        )}
        {preview.description && (
          <span dir="auto" className="line-clamp-3 text-sm break-words text-ink-muted">
            {preview.description}
          </span>
        )}
      </span>
      {preview.image && <Thumbnail key={preview.url} url={preview.url} />}
    </a>
  );
}

function Thumbnail({ url }: { url: string }) {
  const [isMissing, setIsMissing] = useState(false);
  if (isMissing) return null;
  return (
    <img
      src={`/api/preview-image?url=${encodeURIComponent(url)}`}
      alt=""
      width={112}
      height={80}
      onError={() => setIsMissing(true)}
      className="h-20 w-28 shrink-0 rounded-control object-cover"
    />
  );
}

function CodeCard({ preview }: { preview: CodePreview }) {
  const { code, firstLine, highlightStart, highlightEnd, language, filepath, url } = preview;
  const highlighted = useHighlighted(code, language);
  const marked = useRef<HTMLSpanElement>(null);
  const lines = code.split('\n');

  useEffect(() => {
    const line = marked.current;
    const box = line?.closest('[data-code]');
    if (line && box) box.scrollTop = line.offsetTop - box.clientHeight / 3;
  }, []);

  const isMarked = (line: number) =>
    highlightStart !== null && line >= highlightStart && line <= (highlightEnd ?? highlightStart);

  return (
    <div className={classes(card, 'max-w-2xl bg-code')}>
      <a
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        className="block truncate border-b border-line px-3 py-1.5 text-xs text-ink-muted hover:text-ink"
      >
        {filepath}
      </a>
      <div data-code="" dir="ltr" className="relative max-h-64 overflow-auto font-mono text-xs leading-5">
        <div className="flex w-max min-w-full py-1.5">
          <div aria-hidden="true" className="px-3 text-right text-ink-faint select-none">
            {lines.map((_, index) => {
              const line = firstLine + index;
              return (
                <span
                  key={line}
                  ref={line === highlightStart ? marked : undefined}
                  className={classes('block', isMarked(line) && 'font-bold text-ink')}
                >
                  {line}
                </span>
              );
            })}
          </div>
          <pre className="code pr-4">
            <code>{highlighted ?? code}</code>
          </pre>
        </div>
      </div>
    </div>
  );
}
