import { describe, expect, test } from 'vitest';
import { isCrossSiteWrite } from '#server/dialects/kit/cross-site';
import { fault } from '#server/dialects/kit/faults';
import { isJson, prefersJson } from '#server/dialects/kit/headers';

describe('whether somebody wants JSON', () => {
  test.each([
    [{}, false],
    [{ accept: '*/*' }, false],
    [{ accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }, false],
    [{ accept: 'application/json' }, true],
    [{ accept: 'application/json, text/plain, */*' }, false],
    [{ accept: 'text/html;q=0.5, application/json' }, true],
    [{ accept: 'application/*;q=0.9, text/html;q=0.8' }, true],
    [{ accept: 'application/json;q=x' }, false],
    [{ 'x-requested-with': 'XMLHttpRequest' }, true],
    [{ 'content-type': 'application/json; charset=utf-8' }, true],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, false],
    [{ accept: '*/*', authorization: 'Bearer x' }, true],
    [{ accept: '*/*', authorization: 'Basic x' }, false],
  ])('%j', (given, wants) => {
    expect(prefersJson(new Headers(given))).toBe(wants);
  });

  test('decides how a fault is worded', async () => {
    const page = fault(404, new Headers({ accept: 'text/html' }));
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain('<h1>404</h1>');
    const json = fault(405, new Headers({ accept: 'application/json' }), { allow: 'GET' });
    expect(json.headers.get('allow')).toBe('GET');
    expect(await json.json()).toEqual({ error: 'method not allowed' });
  });
});

test('a content type is JSON whatever its parameters', () => {
  for (const type of [
    'application/json',
    ' application/json;charset=utf-8',
    'APPLICATION/JSON',
    'application/a+json',
  ]) {
    expect(isJson(type), type).toBe(true);
  }
  for (const type of [null, '', 'text/json', 'application/jsonx', 'text/plain; application/json']) {
    expect(isJson(type), String(type)).toBe(false);
  }
});

describe('a write from another site', () => {
  const write = (headers: Record<string, string>, method = 'POST') =>
    isCrossSiteWrite(new Request('http://chat.example/send/general', { method, headers }));

  test.each([
    ['nothing said', {}, false],
    ['our own origin', { origin: 'http://chat.example' }, false],
    ['our own origin behind TLS elsewhere', { origin: 'https://chat.example' }, false],
    ['another origin', { origin: 'http://evil.example' }, true],
    ['another port', { origin: 'http://chat.example:8080' }, true],
    ['a longer host', { origin: 'http://chat.example.evil.example' }, true],
    ['a sandboxed page', { origin: 'null' }, true],
    ['an unreadable origin', { origin: 'chat.example' }, true],
    ['the browser’s word', { 'sec-fetch-site': 'cross-site' }, true],
    ['the browser’s word for our own', { 'sec-fetch-site': 'same-origin' }, false],
  ])('%s', (_name, headers, crossSite) => {
    expect(write(headers)).toBe(crossSite);
  });

  test('is never a read', () => {
    expect(isCrossSiteWrite(new Request('http://a', { headers: { 'sec-fetch-site': 'cross-site' } }))).toBe(
      false,
    );
  });

  test('is judged by the Host the client asked for', () => {
    const headers = { host: 'chat.example:443', origin: 'https://chat.example' };
    expect(isCrossSiteWrite(new Request('http://127.0.0.1:3000/login', { method: 'POST', headers }))).toBe(
      false,
    );
  });
});
