// What programs that mean no good, or don't know better, put into requests: the same odd values for every face.
import fc from 'fast-check';

/** URLs and forms can't carry half a character. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

export const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    'null',
    'undefined',
    '__proto__',
    'constructor',
    '../../etc/passwd',
    "' OR 1=1 --",
    '%',
    '%s%n',
    '0',
    '1',
    '2',
    '-1',
    '1e400',
    'NaN',
    '9'.repeat(30),
    '9007199254740993',
    'general',
    'dm:alice:bob',
    'dm:1_2',
    'dm:',
    'dm:2_1_',
    'dm:1_1',
    'webhook:1',
    'data:image/png;base64,eA==',
    'a.svg',
    'private:1',
    'private:9223372036854775808',
    'ann@example.org',
    'a@b',
    '{{7*7}}',
    '\u202egnp.exe',
    'a\r\nSet-Cookie: x=y',
    '👍',
    'x'.repeat(20_000),
  ),
);

/** One segment of a path, escaped more or less well. */
export const segment = fc.oneof(
  fc.constantFrom('1', '2', '3', '4', 'general', 'alice', 'dm%3Aalice%3Abob', 'dm:1_2', 'private%3A6'),
  oddText.map((text) => encodeURIComponent(wellFormed(text))),
  fc.constantFrom(
    '%zz',
    '%',
    '%ff%fe',
    '%2e%2e',
    '..',
    '.',
    '%00',
    '%2f',
    'a%20b',
    '\\',
    ';a=b',
    '*',
    '1',
    '2',
  ),
);

/** Any JSON value: plain, deep, or huge. */
export const oddValue = fc.oneof(
  oddText,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(oddText, { maxLength: 3 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    Number.MAX_SAFE_INTEGER,
    2 ** 63,
    -0,
    1.5,
    [[[]]],
    {},
    [{}],
    [null],
    [{ filename: 5 }],
  ),
);

/** Deeper than a call stack, and still JSON. */
const DEEP = `{"text":${'['.repeat(50_000)}1${']'.repeat(50_000)}}`;

/** What a key of this name usually holds: enough of it is right for the rest to be looked at. */
function usual(key: string): fc.Arbitrary<unknown> {
  if (/Ids$/.test(key)) return fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 });
  if (/Id$|^seq$|^stamp$|^limit$|^offset$/.test(key)) return fc.integer({ min: 1, max: 6 });
  if (/^is[A-Z]|^on$|^pinned$|^follow$|^hidden$|^alsoIn/.test(key)) return fc.boolean();
  if (key === 'entries') return fc.array(fc.record({ text: oddText }), { minLength: 1, maxLength: 3 });
  if (key === 'email') return fc.constantFrom('ann@example.org', 'new@example.org', 'x@y.z');
  if (/emoji|reaction/.test(key)) return fc.constantFrom('👍', '🎉', '❤️');
  if (key === 'url') return fc.constantFrom('http://127.0.0.1:1/', 'https://example.invalid/a');
  return fc.oneof(fc.constantFrom('general', 'alice', 'active', 'member', 'soft', 'hello there'), oddText);
}

/** An object with most of these keys, each as usual or not at all. */
export function likely(keys: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  const values = keys.map((key) =>
    fc.tuple(
      fc.constant(key),
      fc.oneof(
        { weight: 6, arbitrary: usual(key) },
        { weight: 2, arbitrary: oddValue },
        { weight: 1, arbitrary: fc.constant(undefined) },
      ),
    ),
  );
  // "from entries", so that a key `__proto__` is a key like any other
  return fc.tuple(...values).map((entries) => Object.fromEntries(entries));
}

/** A JSON body with these keys: as it should nearly be, with some of them, of another shape, or broken. */
export function jsonBody(keys: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: likely(keys).map((value) => JSON.stringify(value)) },
    {
      weight: 2,
      arbitrary: fc
        .dictionary(fc.constantFrom(...keys, '__proto__'), oddValue)
        .map((value) => JSON.stringify(value)),
    },
    { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        '{',
        'null',
        '[]',
        '"x"',
        '1e400',
        '{"__proto__":{"actor":1}}',
        '{"a":"\\u0000"}',
        '{"a":"\\ud800"}',
        '\ufeff{}',
        '['.repeat(50_000),
        DEEP,
        `{"json":${DEEP}}`,
        `{"json":{"text":"x"},"meta":{"referentialEqualities":[["text"]]}}`,
      ),
    },
  );
}

/** The names in a table's schema; none where it has no object. */
export function keysIn(schema: unknown): string[] {
  return Object.keys((schema as { shape?: object } | null | undefined)?.shape ?? {});
}

/** Fields of a form, percent-encoded. */
export function formBody(keys: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(fc.constantFrom(...keys), oddText), { maxLength: 4 })
    .map((fields) =>
      new URLSearchParams(fields.map(([name, value]) => [name, wellFormed(value)])).toString(),
    );
}

/** Fields and files of a form between boundaries `x`, with names that nobody escaped. */
export function multipartBody(keys: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(fc.constantFrom(...keys), oddText, fc.option(oddText)), { maxLength: 3 })
    .map((parts) =>
      [
        ...parts.map(
          ([name, value, file]) =>
            `--x\r\nContent-Disposition: form-data; name="${name}"${file === null ? '' : `; filename="${file}"`}\r\n\r\n${value}\r\n`,
        ),
        '--x--\r\n',
      ].join(''),
    );
}

/** A body with the type it claims to have. */
export function anyBody(keys: readonly string[]): fc.Arbitrary<readonly [type: string, content: string]> {
  return fc.oneof(
    { weight: 3, arbitrary: jsonBody(keys).map((content) => ['application/json', content] as const) },
    {
      weight: 3,
      arbitrary: formBody(keys).map((content) => ['application/x-www-form-urlencoded', content] as const),
    },
    {
      weight: 3,
      arbitrary: multipartBody(keys).map((content) => ['multipart/form-data; boundary=x', content] as const),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(
        fc.constantFrom(
          'multipart/form-data',
          'multipart/form-data; boundary=',
          'text/plain',
          'application/json; charset=x',
          'multipart/form-data; boundary=y',
          '',
        ),
        fc.string({ unit: 'binary', maxLength: 200 }),
      ),
    },
  );
}

/** A query of these names, in whatever order, twice or not at all. */
export function oddQuery(names: readonly string[]): fc.Arbitrary<string> {
  const value = fc.oneof(
    oddText.map((text) => encodeURIComponent(wellFormed(text))),
    fc.constantFrom('%zz', '%00', '+', '', '%ff'),
    fc.constantFrom(
      '1',
      '2',
      '50',
      'general',
      '1700000000000',
      '-62167219200001',
      '253402300800000',
      '2026-02-30',
      '275760-09-13',
    ),
  );
  return fc
    .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 4 })
    .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
}

export const oddHeaders = fc
  .record(
    {
      accept: fc.constantFrom('application/json', 'text/html', '*/*;q=x', ',,;'),
      origin: fc.constantFrom('null', 'http://evil.example', 'x', ''),
      range: fc.constantFrom('bytes=0-', 'bytes=-', 'bytes=9-1', 'x'),
      'if-none-match': fc.constantFrom('*', '""', 'W/'),
      'x-requested-with': fc.constant('XMLHttpRequest'),
      'last-event-id': fc.constantFrom('-1', 'x', '9'.repeat(30)),
      'x-forwarded-for': fc.constantFrom('1.2.3.4', 'x', ',,'),
    },
    { requiredKeys: [] },
  )
  .map(
    (headers) =>
      Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
        string,
        string
      >,
  );

/** The table's own method most of the time. */
export const oddMethod = fc.oneof(
  { weight: 9, arbitrary: fc.constant('same') },
  { weight: 1, arbitrary: fc.constantFrom('HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'POST', 'GET') },
);

/** A request target of a documented path: what no client can send in a request line is left out. */
export function targetOf(path: string, segments: readonly string[], query: string): string {
  let next = 0;
  const filled = path.replace(/\{\w+\}/g, () => segments[next++] ?? 'x');
  return (query ? `${filled}?${query}` : filled).replace(/[^\x21-\x7e]/g, '');
}

export function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
