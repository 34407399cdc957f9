'use client';

import { FileText, ImageOff } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import type { FileView, Message } from '#app/_live/model.ts';
import { fileSize } from '#app/chat/_timeline/file-size.ts';
import { imageSize, isImage, thumbnailSet } from '#app/chat/_timeline/image-size.ts';

const Lightbox = lazy(() =>
  import('#app/chat/_timeline/lightbox.tsx').then((module) => ({ default: module.Lightbox })),
);

export function fileHref(file: Pick<FileView, 'name'>): string {
  return `/files/${encodeURIComponent(file.name)}`;
}

/** A message's images, which open large, and cards for its other files. */
export function MessageFiles({ message }: { message: Message }) {
  const images = message.files.filter(isImage);
  const others = message.files.filter((file) => !isImage(file));
  const [openAt, setOpenAt] = useState<number | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  return (
    <>
      {images.length > 0 && (
        <div className="mt-1 flex flex-wrap gap-1.5">
          {images.map((file, index) => (
            <ImageButton
              key={file.id}
              file={file}
              onOpen={(button) => {
                opener.current = button;
                setOpenAt(index);
              }}
            />
          ))}
        </div>
      )}
      {others.map((file) => (
        <FileCard key={file.id} file={file} />
      ))}
      {openAt !== null && (
        <Suspense>
          <Lightbox
            images={images}
            startAt={openAt}
            conversationId={message.conversationId}
            returnTo={opener}
            onClose={() => setOpenAt(null)}
          />
        </Suspense>
      )}
    </>
  );
}

function ImageButton({ file, onOpen }: { file: FileView; onOpen: (button: HTMLButtonElement) => void }) {
  const [isMissing, setMissing] = useState(false);
  const { width, height } = imageSize(file);
  if (isMissing) {
    return (
      <div className="flex items-center gap-2 rounded-control border border-line bg-sunken px-4 py-6 text-sm text-ink-muted">
        <ImageOff size={18} aria-hidden="true" />
        {file.originalName} is no longer kept
      </div>
    );
  }
  return (
    <button
      type="button"
      aria-label={`Open image ${file.originalName}`}
      onClick={(event) => onOpen(event.currentTarget)}
      className="max-w-full overflow-hidden rounded-control border border-line bg-sunken"
    >
      {/* its size is known before it loads, so nothing below it moves */}
      <img
        src={fileHref(file)}
        srcSet={thumbnailSet(fileHref(file), file)}
        sizes={`${width}px`}
        alt={file.originalName}
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
        onError={() => setMissing(true)}
        className="h-auto max-w-full object-cover"
      />
    </button>
  );
}

function FileCard({ file }: { file: FileView }) {
  return (
    <a
      href={fileHref(file)}
      download={file.originalName}
      className="mt-1 flex w-fit max-w-full items-center gap-3 rounded-control border border-line bg-sunken px-3 py-2 hover:bg-hover"
    >
      <FileText size={22} aria-hidden="true" className="shrink-0 text-ink-muted" />
      <span className="min-w-0">
        <span className="block truncate font-medium">{file.originalName}</span>
        <span className="block text-xs text-ink-muted">{fileSize(file.size)}</span>
      </span>
    </a>
  );
}
