import { isRefusal, refuse } from '#server/domain/kernel/refusal';

/** A body may be as large as one file, and what a form writes around it. */
const FORM_OVERHEAD_BYTES = 256 * 1024;

export function bodyLimitFor(fileLimitBytes: number): number {
  return fileLimitBytes + FORM_OVERHEAD_BYTES;
}

/**
 * Reads a form with files in this API's words: a body beyond its limit can only be so because of a file, and a form
 * that can't be read holds nothing (`nothing` is the reason then).
 */
export async function receiving<T>(
  fileLimitBytes: number,
  nothing: string,
  receive: () => Promise<T>,
): Promise<T> {
  try {
    return await receive();
  } catch (error) {
    if (isRefusal(error) && error.reason === 'body_too_large') {
      refuse('too_large', 'file_too_large', { limitMb: fileLimitBytes / 1024 / 1024 });
    }
    if (isRefusal(error) && error.reason === 'malformed_form') refuse('invalid', nothing);
    throw error;
  }
}
