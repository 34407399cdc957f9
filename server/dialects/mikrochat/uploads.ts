import { refuse, refuseUnless } from '#server/domain/kernel/refusal';

const DATA_URL = /^data:[^,]{0,200};base64,/i;

/** What base64 stands for, with or without a `data:` prefix. Refuses `invalid/bad_base64`. */
export function bytesOf(written: string): Uint8Array {
  const base64 = written.replace(DATA_URL, '').replace(/\s+$/, '');
  refuseUnless(/^[A-Za-z0-9+/_-]*={0,2}$/.test(base64), 'invalid', 'bad_base64');
  return Buffer.from(base64, 'base64');
}

/** The same where nothing depends on it. */
export function bytesOrNothing(written: unknown): Uint8Array | undefined {
  if (typeof written !== 'string' || written === '') return undefined;
  try {
    return bytesOf(written);
  } catch {
    return undefined;
  }
}

/** A file's name in a path, which must not lead anywhere. Refuses `invalid/file_name`. */
export function plainFileName(name: string): string {
  return /\.\.|[/\\]/.test(name) ? refuse('invalid', 'file_name') : name;
}
