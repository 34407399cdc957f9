import { describe, expect, test } from 'vitest';
import { corsHeaders } from '#server/dialects/kit/cors';

const from = (origin: string | null, allowed: string[]) =>
  corsHeaders(new Headers(origin === null ? {} : { origin }), allowed);

describe('who may read an answer', () => {
  test('is everybody where everybody is allowed, and whoever names no origin', () => {
    expect(from('http://a.example', ['*'])).toEqual({ 'access-control-allow-origin': '*' });
    expect(from(null, ['http://a.example'])).toEqual({ 'access-control-allow-origin': '*' });
  });

  test('is an origin on the list, spelled exactly so', () => {
    expect(from('http://a.example', ['http://a.example'])).toEqual({
      'access-control-allow-origin': 'http://a.example',
      vary: 'Origin',
    });
    for (const origin of ['https://a.example', 'http://a.example:81', 'http://a.example.evil', 'null']) {
      expect(from(origin, ['http://a.example'])).toEqual({ vary: 'Origin' });
    }
  });
});
