export type ChannelPart =
  | { kind: 'text'; text: string }
  | { kind: 'channel'; href: string; text: string; index: number };

/** Cuts a text at the channels it names. */
export type SplitChannels = (text: string) => ChannelPart[];

const ESCAPED = /[\\^$.*+?()[\]{}|/]/g;

/**
 * How to cut texts at `#name` for these channels, by name in any letter case. Names may hold spaces and signs, so
 * known ones are looked for, longest first; a `#` within a word or an address names nothing.
 */
export function channelSplitter(hrefs: ReadonlyMap<string, string>): SplitChannels {
  const whole = (text: string): ChannelPart[] => [{ kind: 'text', text }];
  if (hrefs.size === 0) return whole;
  const byName = new Map([...hrefs].map(([name, href]) => [name.toLowerCase(), href]));
  const names = [...byName.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}_#/&])#(${names.map((name) => name.replace(ESCAPED, '\\$&')).join('|')})(?![\\p{L}\\p{N}_-])`,
    'giu',
  );
  return (text) => {
    if (!text.includes('#')) return whole(text);
    const parts: ChannelPart[] = [];
    let end = 0;
    for (const match of text.matchAll(pattern)) {
      const href = byName.get((match[1] as string).toLowerCase());
      if (!href) continue;
      if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
      parts.push({ kind: 'channel', href, text: match[0], index: match.index });
      end = match.index + match[0].length;
    }
    if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
    return parts;
  };
}
