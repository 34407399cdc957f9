/** What the `<head>` of a page says, each the first that isn't blank; `''` where it says nothing. */
export type PageFacts = { title: string; description: string; image: string };

const SOURCES = {
  title: ['og:title', 'twitter:title'],
  description: ['og:description', 'twitter:description', 'description'],
  image: ['og:image', 'og:image:url', 'og:image:secure_url', 'twitter:image', 'twitter:image:src'],
} as const;

/** Whether everything that `readHead` looks at is among these bytes of a page. */
export function holdsHead(bytes: Buffer): boolean {
  return /<\/head|<body/i.test(bytes.toString('latin1'));
}

/** Reads a page's `<head>`: OpenGraph first, then Twitter's tags, then what HTML itself has. */
export async function readHead(html: string): Promise<PageFacts> {
  // loaded with the first preview: a server that nobody asks for any starts sooner without
  const { Parser } = await import('htmlparser2');
  const metas = new Map<string, string>();
  let title: string | null = null;
  let within: 'head' | 'title' | 'body' = 'head';
  const parser = new Parser({
    onopentag(name, attributes) {
      if (within === 'body') return;
      if (name === 'body') within = 'body';
      else if (name === 'title' && title === null) {
        within = 'title';
        title = '';
      } else if (name === 'meta') {
        const key = (attributes.property ?? attributes.name ?? '').trim().toLowerCase();
        const content = collapse(attributes.content ?? '');
        if (content !== '' && !metas.has(key)) metas.set(key, content);
      }
    },
    ontext(text) {
      if (within === 'title') title += text;
    },
    onclosetag(name) {
      if (name === 'title' && within === 'title') within = 'head';
      else if (name === 'head') within = 'body';
    },
  });
  parser.end(html);

  const first = (keys: readonly string[]) =>
    keys.map((key) => metas.get(key)).find((value) => value !== undefined);
  return {
    title: first(SOURCES.title) ?? collapse(title ?? ''),
    description: first(SOURCES.description) ?? '',
    image: first(SOURCES.image) ?? '',
  };
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
