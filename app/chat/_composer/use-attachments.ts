'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useLiveState } from '#app/_live/hooks.ts';
import type { FileView } from '#app/_live/model.ts';
import { UploadFailed, uploadFile } from '#app/_live/uploads.ts';
import { fileSize } from '#app/chat/_timeline/file-size.ts';

/** A file beside the text being written. */
export type Attachment = {
  key: string;
  name: string;
  /** as picked; null for one that was uploaded before this page */
  file: File | null;
  /** from 0 to 1 */
  progress: number;
  /** once it is uploaded */
  view: FileView | null;
  problem: string | null;
};

const MOST = 10;

/** The files of a draft. They upload as soon as they are picked; what is not sent is cleared away by the server. */
export function useAttachments(onChange: (views: FileView[]) => void) {
  const limit = useLiveState((state) => state.limits.uploadBytes);
  const [attachments, setAttachments] = useState<readonly Attachment[]>([]);
  const uploads = useRef(new Map<string, AbortController>());
  const notify = useRef(onChange);
  notify.current = onChange;

  // Whoever leaves while a file uploads gives it up.
  useEffect(() => {
    const running = uploads.current;
    return () => {
      for (const upload of running.values()) upload.abort();
    };
  }, []);

  const set = useCallback((change: (before: readonly Attachment[]) => readonly Attachment[]) => {
    setAttachments((before) => change(before));
  }, []);

  const upload = useCallback(
    async (key: string, file: File) => {
      const control = new AbortController();
      uploads.current.set(key, control);
      const edit = (to: Partial<Attachment>) =>
        set((before) => before.map((entry) => (entry.key === key ? { ...entry, ...to } : entry)));
      try {
        const view = await uploadFile(file, {
          signal: control.signal,
          onProgress: (progress) => edit({ progress }),
        });
        edit({ view, progress: 1 });
      } catch (error) {
        if (!control.signal.aborted) edit({ problem: wordsFor(error, limit) });
      } finally {
        uploads.current.delete(key);
      }
    },
    [set, limit],
  );

  const add = useCallback(
    (files: readonly File[]) => {
      const picked = files.slice(0, MOST).map((file) => ({
        key: `picked:${nextKey++}`,
        name: file.name,
        file,
        progress: 0,
        view: null,
        problem: file.size > limit ? tooLarge(limit) : null,
      }));
      set((before) => [...before, ...picked]);
      for (const { key, file, problem } of picked) if (!problem) void upload(key, file);
    },
    [set, upload, limit],
  );

  const remove = useCallback(
    (key: string) => {
      uploads.current.get(key)?.abort();
      set((before) => before.filter((entry) => entry.key !== key));
    },
    [set],
  );

  const restore = useCallback(
    (views: readonly FileView[]) =>
      set(() =>
        views.map((view) => ({
          key: `file:${view.id}`,
          name: view.originalName,
          file: null,
          progress: 1,
          view,
          problem: null,
        })),
      ),
    [set],
  );

  useEffect(() => {
    notify.current(attachments.flatMap(({ view }) => view ?? []));
  }, [attachments]);

  return { attachments, add, remove, restore };
}

let nextKey = 1;

function wordsFor(error: unknown, limit: number): string {
  const reason = error instanceof UploadFailed ? error.reason : '';
  if (reason === 'file_too_large') return tooLarge(limit);
  if (reason === 'storage_full') return 'The server has no room left for files';
  if (reason.startsWith('too_many')) return 'Too many uploads at once';
  return 'The upload did not work';
}

function tooLarge(limit: number): string {
  return `Larger than ${fileSize(limit)}`;
}
