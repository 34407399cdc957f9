import { describe, expect, test } from 'vitest';
import { switchboard } from '#server/dialects/all';
import { schemaText } from '#server/dialects/docs/schema-text';

async function get(path: string) {
  const request = new Request(`http://h${path}`);
  const verdict = switchboard.find('GET', path, request.headers);
  if (!verdict) throw new Error(`nobody answers ${path}`);
  return switchboard.answer(verdict, request);
}

describe('the reference', () => {
  test('shows every call of an API, without a script and without a style of its own', async () => {
    const answer = await get('/docs/minimost');
    const page = await answer.text();
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toContain("style-src 'self'");
    for (const id of ['login-submit', 'messages-send', 'private-leave']) expect(page).toContain(`id="${id}"`);
    expect(page).not.toMatch(/<script|<style|style=|https?:/);
  });

  test('tells what comes over an event stream, in paragraphs', async () => {
    const page = await (await get('/docs/mikrochat')).text();
    for (const id of ['E5-password-login', 'E28-messages-create', 'E54-events'])
      expect(page).toContain(`id="${id}"`);
    for (const type of ['NEW_MESSAGE', 'DELETE_THREAD_REPLY', 'PRESENCE_UPDATE']) {
      expect(page).toContain(`<code>${type}</code>`);
    }
    expect(
      page.match(/<article id="E54-events">[\s\S]*?<\/article>/)?.[0].match(/<p>/g)?.length,
    ).toBeGreaterThan(4);
    expect(page).not.toMatch(/<script|<style|style=/);
  });

  test('comes with its document and its style sheet', async () => {
    const document = await (await get('/docs/minimost/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).length).toBeGreaterThan(30);
    expect(document.components.securitySchemes.session).toEqual({
      type: 'apiKey',
      in: 'cookie',
      name: 'session',
    });
    expect((await get('/docs/reference.css')).headers.get('content-type')).toBe('text/css; charset=utf-8');
  });

  test('is found from a page that lists the APIs', async () => {
    expect(await (await get('/docs')).text()).toContain('<a href="/docs/minimost">Minimost HTTP API</a>');
  });

  test('knows no other API', async () => {
    expect((await get('/docs/nothing')).status).toBe(404);
    expect((await get('/docs/__proto__')).status).toBe(404);
  });
});

test('a schema reads like a type', () => {
  expect(
    schemaText({
      type: 'object',
      required: ['id'],
      properties: {
        id: { type: 'integer' },
        state: { enum: ['a', 'b'], description: 'how' },
        names: { type: 'array', items: { type: ['string', 'null'] } },
        more: { type: 'object', additionalProperties: { $ref: '#/components/schemas/Message' } },
        file: { type: 'string', format: 'binary' },
      },
    }),
  ).toBe(`{
  id: integer
  state?: "a" | "b"  // how
  names?: (string | null)[]
  more?: { [name]: Message }
  file?: file
}`);
});
