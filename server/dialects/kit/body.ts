import { z } from '@hono/zod-openapi';
import { cleanJson, cleanText } from '#server/dialects/kit/clean-text';
import { isJson } from '#server/dialects/kit/headers';
import { type IncomingFile, readMultipart, type Taker } from '#server/dialects/kit/multipart';
import { type Asked, readText } from '#server/dialects/kit/read-body';
import { isRefusal, refuse } from '#server/domain/kernel/refusal';

/** Bodies without files; generous for 10,000 characters, percent-encoded. */
const SMALL_BODY_BYTES = 1024 * 1024;

type Shape = Record<string, z.ZodType>;
type Output<Fields extends Shape> = z.output<z.ZodObject<Fields>>;

/** How a route's body is read and documented. */
export type BodySpec<Parsed> = {
  mediaTypes: readonly string[];
  schema: z.ZodType;
  read(asked: Asked): Promise<Parsed> | Parsed;
};

/** A form, urlencoded or multipart; any other body counts as one without fields. */
export function form<Fields extends Shape>(fields: Fields): BodySpec<Output<Fields>> {
  const schema = z.object(fields);
  return {
    mediaTypes: ['application/x-www-form-urlencoded', 'multipart/form-data'],
    schema,
    read: async (asked) => parsed(schema, await readForm(asked)),
  };
}

/** A JSON object; a missing, malformed or different body counts as an empty one. */
export function lenientJson<Fields extends Shape>(fields: Fields): BodySpec<Output<Fields>> {
  const schema = z.object(fields);
  return {
    mediaTypes: ['application/json'],
    schema,
    read: async (asked) => parsed(schema, await readLenientJson(asked)),
  };
}

/**
 * A JSON object, whatever the content type says. A missing or empty body counts as an object without keys, unknown
 * keys are ignored; what is no JSON or no object is refused `invalid/malformed_json`, and so is NUL in a text
 * (`invalid/nul`), which Postgres can't store.
 */
export function strictJson<Fields extends Shape>(
  fields: Fields,
  limitBytes = SMALL_BODY_BYTES,
): BodySpec<Output<Fields>> {
  const schema = z.object(fields);
  return {
    mediaTypes: ['application/json'],
    schema,
    read: async (asked) => parsed(schema, objectOf(await readText(asked, limitBytes))),
  };
}

/** The same fields as a form or as JSON. */
export function formOrLenientJson<Fields extends Shape>(fields: Fields): BodySpec<Output<Fields>> {
  const schema = z.object(fields);
  return {
    mediaTypes: ['application/x-www-form-urlencoded', 'multipart/form-data', 'application/json'],
    schema,
    read: async (asked) =>
      parsed(
        schema,
        isJson(asked.request.headers.get('content-type'))
          ? await readLenientJson(asked)
          : await readForm(asked),
      ),
  };
}

/** A form whose files are streamed while the handler decides what becomes of each. */
export type IncomingForm<Fields> = {
  /** Offers every named file of the documented fields, and gives the fields of text once all has come. */
  receive<Taken>(taker: Taker<Taken>): Promise<{ fields: Fields; files: Taken[] }>;
};

/** A form with files; nothing of it is read before the handler asks. `limitBytes` is for the whole body. */
export function formWithFiles<Fields extends Shape>(
  fields: Fields,
  files: readonly string[],
  limitBytes: () => number,
): BodySpec<IncomingForm<Output<Fields>>> {
  const schema = z.object(fields);
  const binary = z.array(z.any().openapi({ type: 'string', format: 'binary' })).optional();
  return {
    mediaTypes: ['multipart/form-data', 'application/x-www-form-urlencoded'],
    schema: schema.extend(Object.fromEntries(files.map((name) => [name, binary]))),
    read: (asked) => ({
      async receive({ take, ...taker }) {
        if (!isMultipart(asked.request)) return { fields: parsed(schema, await readForm(asked)), files: [] };
        const offered = (file: IncomingFile) => (files.includes(file.field) ? take(file) : null);
        const received = await readMultipart(asked, limitBytes(), { ...taker, take: offered });
        return { fields: parsed(schema, Object.fromEntries(received.fields)), files: received.files };
      },
    }),
  };
}

async function readForm(asked: Asked): Promise<Record<string, string>> {
  if (isMultipart(asked.request)) {
    try {
      return Object.fromEntries((await readMultipart(asked, SMALL_BODY_BYTES)).fields);
    } catch (error) {
      // a form that can't be read has no fields; each route has its own words for a missing one
      if (isRefusal(error) && error.reason === 'malformed_form') return {};
      throw error;
    }
  }
  const contentType = asked.request.headers.get('content-type') ?? '';
  if (!/^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(contentType)) return {};
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(await readText(asked, SMALL_BODY_BYTES))) {
    if (!fields.has(name)) fields.set(name, cleanText(value));
  }
  return Object.fromEntries(fields);
}

async function readLenientJson(asked: Asked): Promise<Record<string, unknown>> {
  if (!isJson(asked.request.headers.get('content-type'))) return {};
  const text = await readText(asked, SMALL_BODY_BYTES);
  try {
    const value = cleanJson(JSON.parse(text));
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}

function objectOf(text: string): object {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    refuse('invalid', 'malformed_json');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    refuse('invalid', 'malformed_json');
  // which looks at the depth first, so that what follows can't fall into it
  const clean = cleanJson(value) as object;
  if (text.includes('\\u0000') && hasNul(value)) refuse('invalid', 'nul');
  return clean;
}

function hasNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(([key, item]) => key.includes('\0') || hasNul(item));
}

function isMultipart(request: Request): boolean {
  return /^\s*multipart\/form-data\s*;/i.test(request.headers.get('content-type') ?? '');
}

function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  refuse('invalid', 'bad_field', { field: String(result.error.issues[0]?.path[0] ?? '') });
}
