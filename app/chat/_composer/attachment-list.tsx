'use client';

import { FileText, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { classes } from '#app/_ui/classes.ts';
import type { Attachment } from '#app/chat/_composer/use-attachments.ts';
import { isImage } from '#app/chat/_timeline/image-size.ts';
import { fileHref } from '#app/chat/_timeline/message-files.tsx';

type Props = { attachments: readonly Attachment[]; onRemove: (key: string) => void };

/** The picked files, each with its progress and a way to take it back. */
export function AttachmentList({ attachments, onRemove }: Props) {
  if (attachments.length === 0) return null;
  return (
    <ul aria-label="Attached files" className="flex flex-wrap gap-2 px-3 pt-3">
      {attachments.map((attachment) => (
        <li
          key={attachment.key}
          className={classes(
            'relative flex h-16 max-w-56 items-center gap-2 rounded-control border bg-sunken pr-8',
            attachment.problem ? 'border-danger' : 'border-line',
          )}
        >
          <Thumbnail attachment={attachment} />
          <span className="min-w-0 py-1">
            <span className="block truncate text-sm">{attachment.name}</span>
            {attachment.problem ? (
              <span role="alert" className="block text-xs text-danger-ink">
                {attachment.problem}
              </span>
            ) : (
              !attachment.view && (
                <progress
                  aria-label={`Uploading ${attachment.name}`}
                  value={attachment.progress}
                  className="upload-progress block w-24"
                />
              )
            )}
          </span>
          <button
            type="button"
            aria-label={`Remove ${attachment.name}`}
            onClick={() => onRemove(attachment.key)}
            className="absolute top-1 right-1 flex size-6 items-center justify-center rounded-full bg-raised text-ink-muted hover:text-ink touch:size-8"
          >
            <X size={14} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Thumbnail({ attachment: { file, view, name } }: { attachment: Attachment }) {
  const blob = useObjectUrl(file && /^image\/(?!svg)/.test(file.type) ? file : null);
  const src = blob ?? (view && isImage(view) ? fileHref(view) : null);
  if (!src) return <FileText size={22} aria-hidden="true" className="ml-3 shrink-0 text-ink-muted" />;
  return <img src={src} alt={name} className="h-full w-16 shrink-0 rounded-l-control object-cover" />;
}

/** An address for a file in memory, given back when it is no longer shown. */
function useObjectUrl(file: File | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!file) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => {
      setUrl(null);
      URL.revokeObjectURL(made);
    };
  }, [file]);
  return url;
}
