import { describe, expect, it } from 'vitest';
import { nextTarget, withNext } from '#app/(auth)/_form/next-target.ts';

describe('where a visitor was going', () => {
  it.each(['/chat', '/chat/general', '/chat/dm/alice,bob', '/chat?x=1', '/chat/general?message=12'])(
    'is kept when it is a place of the app: %s',
    (target) => expect(nextTarget(target)).toBe(target),
  );

  it.each([
    'https://example.org/chat',
    '//example.org/chat',
    '/\\example.org',
    '/chat\\..\\evil',
    '/chat/\n',
    '/chatter',
    '/settings',
    '',
  ])('is forgotten when it leads elsewhere: %j', (target) => expect(nextTarget(target)).toBeNull());

  it('is forgotten when it is asked for twice, or not at all', () => {
    expect(nextTarget(['/chat/a', '/chat/b'])).toBeNull();
    expect(nextTarget(undefined)).toBeNull();
  });

  it('travels in the address of the sign-in pages', () => {
    expect(withNext('/login', null)).toBe('/login');
    expect(withNext('/signup', '/chat/a?message=1')).toBe('/signup?next=%2Fchat%2Fa%3Fmessage%3D1');
  });
});
