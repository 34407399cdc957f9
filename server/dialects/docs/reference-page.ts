import { type JsonSchema, schemaText } from '#server/dialects/docs/schema-text';
import { escapeHtml } from '#server/dialects/kit/html';

type Content = Record<string, { schema?: JsonSchema }>;
type Operation = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security?: object[];
  parameters?: { name: string; in: string; required?: boolean; schema: JsonSchema }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
};

/** The parts of an OpenAPI 3.1 document that the reference shows. */
export type ApiDocument = {
  info: { title: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, JsonSchema> };
};

type Entry = Operation & { method: string; path: string };

/** An API's reference as one page: made from its OpenAPI document, complete without a script. */
export function referencePage(api: ApiDocument, links: { document: string; style: string }): string {
  const entries = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
  );
  const byTag = new Map<string, Entry[]>();
  for (const entry of entries) {
    const tag = entry.tags[0] ?? '';
    byTag.set(tag, [...(byTag.get(tag) ?? []), entry]);
  }
  return page(
    api.info.title,
    links.style,
    `<nav aria-label="Calls">${[...byTag].map(navGroup).join('')}</nav>
<main>
<h1>${escapeHtml(api.info.title)}</h1>
${paragraphs(api.info.description)}
<p><a href="${links.document}">OpenAPI 3.1 document</a></p>
${[...byTag].map(([tag, group]) => `<h2>${escapeHtml(tag)}</h2>\n${group.map(article).join('\n')}`).join('\n')}
${schemas(api.components?.schemas ?? {})}
</main>`,
  );
}

/** The page that leads to each API's reference. */
export function indexPage(apis: readonly { name: string; title: string }[], style: string): string {
  const items = apis.map(({ name, title }) => `<li><a href="/docs/${name}">${escapeHtml(title)}</a></li>`);
  return page('APIs', style, `<main><h1>APIs</h1><ul>${items.join('')}</ul></main>`);
}

function page(title: string, style: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
${body}
</body>
</html>
`;
}

function navGroup([tag, entries]: [string, Entry[]]): string {
  const items = entries.map(
    ({ operationId, method, path }) =>
      `<li><a href="#${operationId}"><b class="${method}">${method}</b> ${escapeHtml(path)}</a></li>`,
  );
  return `<h2>${escapeHtml(tag)}</h2><ul>${items.join('')}</ul>`;
}

function article(entry: Entry): string {
  const open = !entry.security?.length;
  return `<article id="${entry.operationId}">
<h3><b class="${entry.method}">${entry.method}</b> <code>${escapeHtml(entry.path)}</code></h3>
<p><strong>${escapeHtml(entry.summary)}.</strong>${open ? ' <em>No sign-in needed.</em>' : ''}</p>
${paragraphs(entry.description)}
${parameters(entry)}
${requestBody(entry)}
<h4>Answers</h4>
<dl>${Object.entries(entry.responses).map(answer).join('')}</dl>
</article>`;
}

function parameters({ parameters = [] }: Entry): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(({ name, in: place, schema }) => {
    const example = schema.examples ?? (schema.example === undefined ? [] : [schema.example]);
    const notes = [schema.description, example.length > 0 ? `such as ${example.join(', ')}` : undefined];
    return `<tr><td><code>${escapeHtml(name)}</code></td><td>${place}</td><td>${escapeHtml(schemaText(schema))}</td><td>${prose(notes.filter(Boolean).join('; '))}</td></tr>`;
  });
  return `<h4>Parameters</h4><table>${rows.join('')}</table>`;
}

function requestBody({ requestBody }: Entry): string {
  if (!requestBody) return '';
  const types = Object.keys(requestBody.content);
  const schema = requestBody.content[types[0] as string]?.schema ?? {};
  return `<h4>Body</h4><p>${types.map((type) => `<code>${escapeHtml(type)}</code>`).join(' or ')}</p><pre>${escapeHtml(schemaText(schema))}</pre>`;
}

function answer([status, { description, content }]: [string, Entry['responses'][string]]): string {
  const shapes = Object.entries(content ?? {}).map(([type, { schema }]) =>
    type === 'application/json'
      ? `<pre>${escapeHtml(schemaText(schema ?? {}))}</pre>`
      : ` <code>${escapeHtml(type)}${schema?.const === undefined ? '' : `: ${String(schema.const)}`}</code>`,
  );
  return `<dt>${status}</dt><dd>${prose(description)}${shapes.join('')}</dd>`;
}

function schemas(all: Record<string, JsonSchema>): string {
  const entries = Object.entries(all);
  if (entries.length === 0) return '';
  const articles = entries.map(
    ([name, schema]) =>
      `<article id="schema-${name}"><h3>${escapeHtml(name)}</h3><pre>${escapeHtml(schemaText(schema))}</pre></article>`,
  );
  return `<h2>Shapes</h2>\n${articles.join('\n')}`;
}

function paragraphs(text = ''): string {
  const pieces = text.split(/\n{2,}/).filter(Boolean);
  return pieces.map((piece) => `<p>${prose(piece)}</p>`).join('\n');
}

/** Plain words in which `…` marks code. */
function prose(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}
