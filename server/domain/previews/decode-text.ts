const META_CHARSET = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{1,40})/i;
const HEADER_CHARSET = /charset\s*=\s*["']?\s*([\w:.-]{1,40})/i;
/** HTML asks that the declaration be within the first kilobyte. */
const DECLARED_WITHIN = 1024;

/**
 * Text in the encoding that its byte order mark, its `Content-Type` or (pages) its own `<meta>` names; without any,
 * UTF-8, or Windows-1252 if it can't be that.
 */
export function decodeText(bytes: Buffer, contentType: string): string {
  const declared =
    labelOfMark(bytes) ??
    HEADER_CHARSET.exec(contentType)?.[1] ??
    META_CHARSET.exec(bytes.toString('latin1', 0, DECLARED_WITHIN))?.[1];
  const decoder = declared === undefined ? null : decoderOrNull(declared);
  if (decoder) return decoder.decode(bytes);
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes);
}

function labelOfMark(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function decoderOrNull(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}

/** `stream` forgives the character that a size limit cut in two. */
function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
