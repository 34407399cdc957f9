/** A value, or the items of an array that come in pages. */
export type JsonField = unknown | AsyncIterable<readonly unknown[]>;

/**
 * The text of one JSON object, piece by piece: no more than one page of its longest array is in memory. `undefined`
 * is left out, as JSON does.
 */
export async function* jsonStream(fields: Readonly<Record<string, JsonField>>): AsyncGenerator<string> {
  let separator = '{';
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    yield `${separator}${JSON.stringify(key)}:`;
    separator = ',';
    if (isPaged(value)) yield* arrayOf(value);
    else yield JSON.stringify(value);
  }
  yield separator === '{' ? '{}' : '}';
}

async function* arrayOf(pages: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  yield '[';
  let isFirst = true;
  for await (const page of pages) {
    if (page.length === 0) continue;
    const items = page.map((item) => JSON.stringify(item)).join(',');
    yield isFirst ? items : `,${items}`;
    isFirst = false;
  }
  yield ']';
}

function isPaged(value: unknown): value is AsyncIterable<readonly unknown[]> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** A body that asks for the next piece when there is room for it. Leaving early ends the generator. */
export function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
