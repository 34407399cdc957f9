import type { MarkdownIt } from 'markdown-it';

const BAR = 0x7c;

/** Text up to the next bars. Markdown's own text rule would run over them, as they begin nothing it knows. */
const UP_TO_BARS = /[^|\n!#$%&*+\-:<=>@[\\\]^_`{}~]+(?=\|\|)/y;

/** `||hidden until asked for||` as `spoiler_open` and `spoiler_close`. */
export function spoiler(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('text', 'spoiler', (state, silent) => {
    const { src, pos, posMax } = state;
    if (src.charCodeAt(pos) !== BAR || src.charCodeAt(pos + 1) !== BAR) return false;
    const end = src.indexOf('||', pos + 2);
    if (end <= pos + 2 || end + 2 > posMax || src.slice(pos + 2, end).trim() === '') return false;
    if (!silent) {
      state.push('spoiler_open', 'span', 1);
      state.pos = pos + 2;
      state.posMax = end;
      state.md.inline.tokenize(state);
      state.push('spoiler_close', 'span', -1);
    }
    state.pos = end + 2;
    state.posMax = posMax;
    return true;
  });
  markdown.inline.ruler.before('text', 'text_up_to_bars', (state, silent) => {
    UP_TO_BARS.lastIndex = state.pos;
    const text = UP_TO_BARS.exec(state.src)?.[0];
    if (!text || state.pos + text.length > state.posMax) return false;
    if (!silent) state.pending += text;
    state.pos += text.length;
    return true;
  });
}
