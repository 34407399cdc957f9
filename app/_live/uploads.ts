import type { FileView } from '#server/domain/files/file';
import type { UploadFailure } from '#server/uploads/answers';
import type { FileRouter } from '#server/uploads/file-router';

// How to upload from a component: call `uploadFile` once per file, any number at a time, and send the message with
// the ids of the answered files. Take a file back by aborting its signal (while it uploads) or by leaving it out of
// the message (afterwards: what nobody sends is removed within a day).

const ENDPOINT = '/api/uploadthing';

export type UploadOptions = {
  /** called with the share that has gone out, from 0 to 1 */
  onProgress?: (share: number) => void;
  /** aborting it cancels the upload */
  signal?: AbortSignal;
};

/**
 * Why an upload didn't work: a reason of the server's (`file_too_large` with `detail.limitMb`, `storage_full`,
 * `too_many_unsent_files`, `too_many_at_once`, `signed_out`, …), or `cancelled`, or `unreachable`.
 */
export class UploadFailed extends Error {
  override readonly name = 'UploadFailed';

  constructor(
    readonly reason: string,
    readonly detail: UploadFailure['detail'] = {},
    options?: ErrorOptions,
  ) {
    super(`the upload failed: ${reason}`, options);
  }
}

/** Uploads one file to the server this page came from, or to its cloud. Rejects with `UploadFailed`. */
export async function uploadFile(file: File, { onProgress, signal }: UploadOptions = {}): Promise<FileView> {
  // Only people who upload load the client.
  const { genUploader } = await import('uploadthing/client');
  const { uploadFiles } = genUploader<FileRouter>({ url: ENDPOINT, package: 'parley' });
  try {
    const [uploaded] = await uploadFiles('attachment', {
      files: [file],
      ...(signal ? { signal } : {}),
      onUploadProgress: ({ loaded }) => onProgress?.(file.size === 0 ? 1 : Math.min(1, loaded / file.size)),
    });
    if (!uploaded?.serverData) throw new UploadFailed('internal');
    return uploaded.serverData;
  } catch (error) {
    throw failureOf(error, signal);
  }
}

/** UploadThing's client hides the server's answer in `cause` (asking for a place) or in `data` (sending the bytes). */
function failureOf(error: unknown, signal: AbortSignal | undefined): UploadFailed {
  if (error instanceof UploadFailed) return error;
  if (signal?.aborted) return new UploadFailed('cancelled', {}, { cause: error });
  const { cause, data } = error as { cause?: unknown; data?: unknown };
  const answer = [cause, data].find(isFailure);
  return answer
    ? new UploadFailed(answer.reason, answer.detail, { cause: error })
    : new UploadFailed('unreachable', {}, { cause: error });
}

function isFailure(value: unknown): value is UploadFailure {
  return typeof value === 'object' && value !== null && 'reason' in value && 'detail' in value;
}
