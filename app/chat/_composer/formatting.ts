/** A text and what is selected in it, as positions of UTF-16 units. */
export type Selected = { text: string; start: number; end: number };

/** Puts a marker around the selection, or takes it away; without a selection the caret stands between two markers. */
export function toggleMarker({ text, start, end }: Selected, marker: string): Selected {
  const size = marker.length;
  const isMarked =
    text.slice(start - size, start) === marker &&
    text.slice(end, end + size) === marker &&
    // "*" inside "**" is half of something else
    (size > 1 || text[start - 2] !== marker || text.slice(start - 3, start) === marker.repeat(3));
  if (isMarked) {
    return {
      text: text.slice(0, start - size) + text.slice(start, end) + text.slice(end + size),
      start: start - size,
      end: end - size,
    };
  }
  return {
    text: text.slice(0, start) + marker + text.slice(start, end) + marker + text.slice(end),
    start: start + size,
    end: end + size,
  };
}

/** Fences the selection as code, on lines of its own. */
export function fence({ text, start, end }: Selected): Selected {
  const before = start === 0 || text[start - 1] === '\n' ? '' : '\n';
  const after = end === text.length || text[end] === '\n' ? '' : '\n';
  const opened = `${text.slice(0, start)}${before}\`\`\`\n`;
  const code = text.slice(start, end);
  return {
    text: `${opened}${code}\n\`\`\`${after}${text.slice(end)}`,
    start: opened.length,
    end: opened.length + code.length,
  };
}

/** Puts a prefix before every line the selection touches, or takes it from all of them. */
export function togglePrefix({ text, start, end }: Selected, prefix: string): Selected {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const to = lineEnd === -1 ? text.length : lineEnd;
  const lines = text.slice(from, to).split('\n');
  const isPrefixed = lines.every((line) => line.startsWith(prefix));
  const changed = lines.map((line) => (isPrefixed ? line.slice(prefix.length) : prefix + line)).join('\n');
  const first = isPrefixed ? -prefix.length : prefix.length;
  return {
    text: text.slice(0, from) + changed + text.slice(to),
    start: Math.max(from, start + first),
    end: end + changed.length - (to - from),
  };
}
