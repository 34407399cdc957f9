'use client';

import { Dialog } from '@base-ui/react/dialog';
import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useState } from 'react';
import { useTimeline } from '#app/_live/hooks.ts';
import type { FileView } from '#app/_live/model.ts';
import { isShown } from '#app/_live/shown.ts';
import { isImage } from '#app/chat/_timeline/image-size.ts';
import { fileHref } from '#app/chat/_timeline/message-files.tsx';

type Props = {
  /** those of the message that was clicked */
  images: readonly FileView[];
  startAt: number;
  conversationId: number;
  /** where the focus goes afterwards */
  returnTo: RefObject<HTMLElement | null>;
  onClose: () => void;
};

const round = 'lightbox-button flex size-11 items-center justify-center rounded-full disabled:invisible';

/** One image, as large as the window allows; the arrow keys walk through all that the timeline has loaded. */
export function Lightbox({ images, startAt, conversationId, returnTo, onClose }: Props) {
  const timeline = useTimeline(conversationId);
  const [open, setOpen] = useState(true);
  const [shownId, setShownId] = useState(images[startAt]?.id);
  const loaded = (timeline?.messages ?? [])
    .filter(isShown)
    .flatMap((message) => message.files.filter(isImage));
  const all = loaded.some((file) => file.id === shownId) ? loaded : images;
  const at = all.findIndex((file) => file.id === shownId);
  const file = all[at];

  const go = (step: number) => {
    const next = all[at + step];
    if (next) setShownId(next.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') go(-1);
    else if (event.key === 'ArrowRight') go(1);
    else return;
    event.preventDefault();
  };

  if (!file) return null;
  return (
    <Dialog.Root open={open} onOpenChange={setOpen} onOpenChangeComplete={(next) => next || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="lightbox-backdrop fixed inset-0 z-50" />
        <Dialog.Popup
          finalFocus={returnTo}
          onKeyDown={onKeyDown}
          className="lightbox fixed inset-0 z-50 flex flex-col outline-none"
        >
          <Dialog.Title className="sr-only">Image</Dialog.Title>
          <div className="flex items-center gap-3 p-3">
            <span className="min-w-0 flex-1 truncate px-2 text-sm">{file.originalName}</span>
            <a
              href={fileHref(file)}
              download={file.originalName}
              aria-label={`Download ${file.originalName}`}
              className={round}
            >
              <Download size={20} aria-hidden="true" />
            </a>
            <Dialog.Close aria-label="Close" className={round}>
              <X size={20} aria-hidden="true" />
            </Dialog.Close>
          </div>
          <div className="relative min-h-0 flex-1 px-3 pb-3">
            <img
              key={file.id}
              src={fileHref(file)}
              alt={file.originalName}
              className="size-full object-contain"
            />
            <div className="pointer-events-none absolute inset-x-4 top-1/2 flex -translate-y-1/2 justify-between">
              <button
                type="button"
                aria-label="Previous image"
                disabled={at === 0}
                onClick={() => go(-1)}
                className={`${round} pointer-events-auto`}
              >
                <ChevronLeft size={22} aria-hidden="true" />
              </button>
              <button
                type="button"
                aria-label="Next image"
                disabled={at === all.length - 1}
                onClick={() => go(1)}
                className={`${round} pointer-events-auto`}
              >
                <ChevronRight size={22} aria-hidden="true" />
              </button>
            </div>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
