import { describe, expect, it } from 'vitest';
import { isCrossSite } from '#server/auth/cross-site';

const HOST = { host: 'chat.example:3000' };

function crossSite(headers: Record<string, string>, url = '/send/general'): boolean {
  return isCrossSite({ headers: new Headers(headers), url });
}

describe('a request', () => {
  it.each<[string, Record<string, string>]>([
    ['a program that says nothing', HOST],
    ['our own page', { ...HOST, origin: 'http://chat.example:3000', 'sec-fetch-site': 'same-origin' }],
    ['our own page, however the host is spelled', { host: 'CHAT.example', origin: 'https://chat.example' }],
    [
      'our own page behind a proxy that adds the port',
      { host: 'chat.example:443', origin: 'https://chat.example' },
    ],
    [
      'our own page behind a proxy that says by which name it was asked',
      { host: '127.0.0.1:3000', 'x-forwarded-host': 'chat.example', origin: 'https://chat.example' },
    ],
    ['our own page that sends no referrer', { ...HOST, origin: 'null', 'sec-fetch-site': 'same-origin' }],
    ['a person who typed the address', { ...HOST, 'sec-fetch-site': 'none' }],
  ])('of %s is not cross-site', (_, headers) => {
    expect(crossSite(headers)).toBe(false);
  });

  it.each<[string, Record<string, string>]>([
    ['another site', { ...HOST, origin: 'https://evil.example' }],
    ['another site that browsers call so', { ...HOST, 'sec-fetch-site': 'cross-site' }],
    [
      'another port of the same host',
      { ...HOST, origin: 'http://chat.example:4000', 'sec-fetch-site': 'same-site' },
    ],
    ['another subdomain', { ...HOST, origin: 'http://x.chat.example:3000', 'sec-fetch-site': 'same-site' }],
    ['a sandboxed page', { ...HOST, origin: 'null' }],
    ['a sandboxed page of another site', { ...HOST, origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['nobody knows whom', { ...HOST, origin: 'garbage' }],
    ['a file', { ...HOST, origin: 'file://' }],
    ['a site whose name begins with ours', { ...HOST, origin: 'http://chat.example:3000.evil.example' }],
  ])('of %s is cross-site', (_, headers) => {
    expect(crossSite(headers)).toBe(true);
  });

  it('is compared with its address when it names no host', () => {
    expect(crossSite({ origin: 'http://a.example' }, 'http://a.example/login')).toBe(false);
    expect(crossSite({ origin: 'http://a.example' }, 'http://b.example/login')).toBe(true);
    expect(crossSite({ origin: 'http://a.example' })).toBe(true);
  });
});
