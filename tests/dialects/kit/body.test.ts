import { Readable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { z } from '@hono/zod-openapi';
import { describe, expect, test } from 'vitest';
import { form, formOrLenientJson, formWithFiles, lenientJson, strictJson } from '#server/dialects/kit/body';
import type { IncomingFile } from '#server/dialects/kit/multipart';
import type { Asked } from '#server/dialects/kit/read-body';

const NUL = String.fromCharCode(0);
const fields = { text: z.string().default('none') };

function post(body: BodyInit | null, headers: Record<string, string> = {}): Asked {
  const request = new Request('http://h/', { method: 'POST', body, headers });
  return { request, incoming: null };
}

/** A body that announces no length, as main.ts passes it on. */
function pour(chunks: AsyncIterable<Uint8Array>, headers: Record<string, string>): Asked {
  return { request: new Request('http://h/', { method: 'POST', headers }), incoming: Readable.from(chunks) };
}

function multipart(build: (data: FormData) => void): FormData {
  const data = new FormData();
  build(data);
  return data;
}

async function* endless(chunk: string) {
  for (;;) yield new TextEncoder().encode(chunk);
}

async function* broken(chunk: string) {
  yield new TextEncoder().encode(chunk);
  throw new Error('aborted');
}

const json = { 'content-type': 'application/json' };
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };

describe('a form', () => {
  const spec = form(fields);

  test('comes urlencoded or multipart; the first of two values counts', async () => {
    expect(await spec.read(post(new URLSearchParams('text=a+b&text=c&other=1')))).toEqual({ text: 'a b' });
    const data = multipart((data) => {
      data.append('text', 'a\r\nb');
      data.append('text', 'c');
    });
    expect(await spec.read(post(data))).toEqual({ text: 'a\r\nb' });
  });

  test.each([
    ['JSON', '{"text":"a"}', json],
    ['another type', 'text=a', { 'content-type': 'text/plain' }],
    ['no type', null, {}],
    ['multipart without a boundary', 'text=a', { 'content-type': 'multipart/form-data' }],
    [
      'multipart that breaks off',
      '--x\r\nContent-Dis',
      { 'content-type': 'multipart/form-data; boundary=x' },
    ],
  ])('has no fields in %s', async (_name, body, headers) => {
    expect(await spec.read(post(body, headers))).toEqual({ text: 'none' });
  });

  test('loses what Postgres cannot store', async () => {
    expect(await spec.read(post(`text=a%00b%F0%9F%91%8D`, urlencoded))).toEqual({ text: 'ab👍' });
    expect(await spec.read(post(multipart((data) => data.append('text', `a${NUL}b`))))).toEqual({
      text: 'ab',
    });
  });

  test('says which field is missing, without the words of the schema', async () => {
    const strict = form({ username: z.string() });
    await expect(strict.read(post(null))).rejects.toMatchObject({
      kind: 'invalid',
      reason: 'bad_field',
      detail: { field: 'username' },
    });
  });

  test('is refused beyond a megabyte, announced or not', async () => {
    const announced = { ...urlencoded, 'content-length': '2000000' };
    await expect(spec.read(post('text=a', announced))).rejects.toMatchObject({ reason: 'body_too_large' });
    const poured = pour(endless('text=aaaaaaaaaaaaaaaaaaaa'), urlencoded);
    await expect(spec.read(poured)).rejects.toMatchObject({ kind: 'too_large' });
  });
});

test("a body whose sender goes away is the sender's fault", async () => {
  const poured = pour(broken('text=a'), urlencoded);
  await expect(form(fields).read(poured)).rejects.toMatchObject({
    kind: 'invalid',
    reason: 'body_broke_off',
  });
});

describe('a JSON body', () => {
  test.each([
    ['an object', '{"text":"a"}', { text: 'a' }],
    ['nothing', '', { text: 'none' }],
    ['broken', '{"text":', { text: 'none' }],
    ['a list', '["a"]', { text: 'none' }],
    ['null', 'null', { text: 'none' }],
    ['a half pair and a NUL', '{"text":"a\\ud800\\u0000"}', { text: 'a\ufffd' }],
  ])('of %s', async (_name, body, read) => {
    expect(await lenientJson(fields).read(post(body, json))).toEqual(read);
  });

  test('under another type is none', async () => {
    expect(await lenientJson(fields).read(post('{"text":"a"}', urlencoded))).toEqual({ text: 'none' });
  });

  test('may stand in for a form where both are documented', async () => {
    const spec = formOrLenientJson(fields);
    expect(await spec.read(post('{"text":"a"}', json))).toEqual({ text: 'a' });
    expect(await spec.read(post('text=a', urlencoded))).toEqual({ text: 'a' });
  });
});

describe('a form with files', () => {
  const spec = formWithFiles(fields, ['files'], () => 100_000);
  const receive = async (
    asked: Asked,
    take: (file: IncomingFile) => Promise<string> | null,
    giveBack?: (taken: string[]) => Promise<void>,
  ) => (await spec.read(asked)).receive({ take, giveBack });
  const keep = async (file: IncomingFile) => `${file.originalName}=${await readAll(file.stream)}`;

  test('offers its named files one by one, and gives the fields', async () => {
    const data = multipart((data) => {
      data.append('files', new File(['one'], 'a.png'));
      data.append('text', 'hello');
      data.append('files', new File(['two'], 'b.txt'));
      data.append('files', new File([], ''));
      data.append('elsewhere', new File(['three'], 'c.png'));
    });
    const offered: string[] = [];
    const received = await receive(post(data), (file) => {
      offered.push(file.originalName);
      return file.originalName.endsWith('.png') ? keep(file) : null;
    });
    expect(received).toEqual({ fields: { text: 'hello' }, files: ['a.png=one'] });
    expect(offered).toEqual(['a.png', 'b.txt']);
  });

  test('may come without files, urlencoded', async () => {
    const request = post('text=hello', urlencoded);
    expect(await receive(request, keep)).toEqual({ fields: { text: 'hello' }, files: [] });
  });

  test('ends with the refusal of whoever takes a file', async () => {
    const data = multipart((data) => data.append('files', new File(['x'.repeat(50_000)], 'a.png')));
    const refused = Object.assign(new Error('no'), {
      name: 'Refusal',
      kind: 'too_large',
      reason: 'file_too_large',
    });
    await expect(receive(post(data), () => Promise.reject(refused))).rejects.toBe(refused);
  });

  test('gives back what was taken before it was refused', async () => {
    const data = multipart((data) => {
      for (const name of ['a.png', 'b.png', 'c.png']) data.append('files', new File(['x'], name));
    });
    const refused = Object.assign(new Error('no'), { name: 'Refusal', kind: 'too_large', reason: 'x' });
    const given: string[][] = [];
    const take = (file: IncomingFile) =>
      file.originalName === 'c.png' ? Promise.reject(refused) : keep(file);
    const giveBack = async (taken: string[]) => {
      given.push(taken);
    };
    await expect(receive(post(data), take, giveBack)).rejects.toBe(refused);
    expect(given).toEqual([['a.png=x', 'b.png=x']]);
  });

  test('is refused when it goes on beyond its limit, and tears the open file down', async () => {
    const head = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n';
    async function* body() {
      yield new TextEncoder().encode(head);
      yield* endless('x'.repeat(1000));
    }
    const request = pour(body(), { 'content-type': 'multipart/form-data; boundary=x' });
    let ended: unknown;
    const take = (file: IncomingFile) =>
      keep(file).catch((error: unknown) => {
        ended = error;
        throw error;
      });
    await expect(receive(request, take)).rejects.toMatchObject({ reason: 'body_too_large' });
    // the answer still has to get out on the same connection
    expect(request.incoming?.destroyed).toBe(false);
    expect(ended).toBeInstanceOf(Error);
  });

  test('is malformed when it breaks off inside a file', async () => {
    const body = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\nabc';
    const request = post(body, { 'content-type': 'multipart/form-data; boundary=x' });
    await expect(receive(request, keep)).rejects.toMatchObject({ reason: 'malformed_form' });
  });
});

describe('strict JSON', () => {
  const spec = strictJson(fields, 100);
  const reason = (asked: Asked) =>
    Promise.resolve(spec.read(asked)).then(
      () => null,
      (error) => `${error.kind}/${error.reason}`,
    );

  test('is read whatever the content type says, and empty when there is none', async () => {
    for (const headers of [json, urlencoded, { 'content-type': '' }]) {
      expect(await spec.read(post('{"text":"a","other":1}', headers))).toEqual({ text: 'a' });
    }
    for (const empty of ['', ' \n', null])
      expect(await spec.read(post(empty, json))).toEqual({ text: 'none' });
  });

  test.each(['{', 'null', '[]', '"x"', '5', 'text=a'])('%s is refused', async (body) => {
    expect(await reason(post(body, json))).toBe('invalid/malformed_json');
  });

  test('is refused when it nests deeper than any stack', async () => {
    const deep = `{"text":${'['.repeat(50_000)}"\\u0000"${']'.repeat(50_000)}}`;
    const roomy = strictJson(fields).read(post(deep, json));
    await expect(roomy).rejects.toMatchObject({ kind: 'invalid', reason: 'malformed_json' });
    expect(await lenientJson(fields).read(post(deep, json))).toEqual({ text: 'none' });
  });

  test('is refused with a value of another type, with NUL, or when it is too much', async () => {
    expect(await reason(post('{"text":5}'))).toBe('invalid/bad_field');
    expect(await reason(post('{"text":"a\\u0000"}'))).toBe('invalid/nul');
    expect(await spec.read(post('{"text":"a\\\\u0000"}'))).toEqual({ text: 'a\\u0000' });
    expect(await reason(post(`{"text":"${'x'.repeat(100)}"}`))).toBe('too_large/body_too_large');
    expect(await reason(pour(endless('x'), {}))).toBe('too_large/body_too_large');
  });
});
