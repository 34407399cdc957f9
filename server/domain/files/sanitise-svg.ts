import { setImmediate as othersFirst } from 'node:timers/promises';
import { ATTRIBUTES, ELEMENTS, isHarmlessStyle, isInnerReference } from '#server/domain/files/svg-vocabulary';
import { refuse, refuseUnless } from '#server/domain/kernel/refusal';

/** Drawings are flat; the parser's cost grows with the square of the depth. */
const MAX_DEPTH = 256;
/** Ten megabytes take a second: nobody else shall wait for more than a few milliseconds of it. */
const PIECE = 32 * 1024;
const NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';

/**
 * A drawing written anew from what is allowed in one, so that whoever opens it, under whatever rules, gets shapes and
 * text and nothing that runs, fetches or links. Doing it twice changes nothing. Refuses `invalid/bad_image` for what
 * isn't an SVG document from its first tag to its last.
 */
export async function sanitiseSvg(bytes: Uint8Array): Promise<Buffer> {
  const { Parser } = await import('htmlparser2');
  const drawing = new Drawing();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => drawing.open(name, attributes),
      ontext: (text) => drawing.say(text),
      onclosetag: () => drawing.close(),
    },
    { xmlMode: true },
  );
  for (const piece of inPieces(textOf(bytes))) {
    parser.write(piece);
    await othersFirst();
  }
  // before `end`, which closes whatever is still open
  refuseUnless(drawing.isWhole, 'invalid', 'bad_image');
  return Buffer.from(drawing.markup);
}

/** Builds the markup of what the parser finds. */
class Drawing {
  readonly #parts: string[] = [];
  /** for each open element its name in the result; null: left out with everything in it */
  readonly #open: (string | null)[] = [];
  #style: string | null = null;
  isWhole = false;

  get markup(): string {
    return this.#parts.join('');
  }

  open(name: string, attributes: Record<string, string>): void {
    refuseUnless(this.#open.length < MAX_DEPTH, 'invalid', 'bad_image');
    const isRoot = this.#open.length === 0;
    if (isRoot && !this.isWhole) refuseUnless(name === 'svg', 'invalid', 'bad_image');
    const isOutside = this.isWhole || this.#style !== null || this.#open.at(-1) === null;
    const kept = isOutside ? null : resultOf(name);
    this.#open.push(kept);
    if (kept === null) return;
    if (kept === 'style') {
      this.#style = '';
      return;
    }
    const own = name === kept ? attributesOf(name, attributes) : '';
    this.#parts.push(`<${kept}${isRoot ? ` ${NAMESPACES}` : ''}${own}>`);
  }

  say(text: string): void {
    if (this.isWhole || (this.#open.at(-1) ?? null) === null) return;
    if (this.#style === null) this.#parts.push(escaped(text));
    else this.#style += text;
  }

  close(): void {
    const kept = this.#open.pop() ?? null;
    if (kept === null) return;
    if (kept === 'style') {
      const sheet = this.#style ?? '';
      this.#style = null;
      if (isHarmlessStyle(sheet)) this.#parts.push(`<style>${escaped(sheet)}</style>`);
      return;
    }
    this.#parts.push(`</${kept}>`);
    if (this.#open.length === 0) this.isWhole = true;
  }
}

/** What an element becomes: itself, or null for one that isn't allowed. What a link holds stays, without the link. */
function resultOf(name: string): string | null {
  if (name === 'a') return 'g';
  return ELEMENTS.has(name) ? name : null;
}

function attributesOf(element: string, attributes: Record<string, string>): string {
  let markup = '';
  for (const [name, value] of Object.entries(attributes)) {
    if (mayHave(element, name, value)) markup += ` ${name}="${escaped(value)}"`;
  }
  return markup;
}

function mayHave(element: string, name: string, value: string): boolean {
  if (name === 'href' || name === 'xlink:href') return isInnerReference(element, value.trim());
  return ATTRIBUTES.has(name) && isHarmlessStyle(value);
}

// XML has no way at all to write these.
const UNWRITABLE = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(UNWRITABLE, '').replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '');
}

function* inPieces(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = start + PIECE;
    // not between the halves of a character
    const next = /[\uD800-\uDBFF]/.test(text[end - 1] ?? '') ? end + 1 : end;
    yield text.slice(start, next);
    start = next;
  }
}

/** As XML says: UTF-8 unless the first two bytes are another order's mark. */
function textOf(bytes: Uint8Array): string {
  const order = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  const encoding = bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : order;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return refuse('invalid', 'bad_image');
  }
}
