import { refuse } from '#server/domain/kernel/refusal';

const NUL = String.fromCharCode(0);
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Text that Postgres can store: without NUL, and with lone surrogates replaced. */
export function cleanText(text: string): string {
  const withoutNul = text.includes(NUL) ? text.replaceAll(NUL, '') : text;
  return withoutNul.replace(LONE_SURROGATE, '\ufffd');
}

/** Levels of arrays and objects inside each other. Documented bodies have three. */
const MOST_LEVELS = 100;

/** The same for every string and key inside a JSON value. Refuses `invalid/malformed_json` what nests without end. */
export function cleanJson(value: unknown, levels = MOST_LEVELS): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (value === null || typeof value !== 'object') return value;
  if (levels === 0) refuse('invalid', 'malformed_json');
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, levels - 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [cleanText(key), cleanJson(item, levels - 1)]),
  );
}
