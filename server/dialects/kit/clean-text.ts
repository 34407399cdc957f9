const NUL = String.fromCharCode(0);
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Text that Postgres can store: without NUL, and with lone surrogates replaced. */
export function cleanText(text: string): string {
  const withoutNul = text.includes(NUL) ? text.replaceAll(NUL, '') : text;
  return withoutNul.replace(LONE_SURROGATE, '\ufffd');
}

/** The same for every string and key inside a JSON value. */
export function cleanJson(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanJson);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanText(key), cleanJson(item)]));
}
