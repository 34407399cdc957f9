import { expect, it } from 'vitest';
import { hueOf, initials, needsDarkInk, personColor } from '#app/_ui/person-color.ts';

it('a colour follows from the name unless one was chosen', () => {
  // h = 97; then 98 + 97 * 31; …: the hash that the documented client uses
  expect(hueOf('ab')).toBe((97 * 31 + 98) % 360);
  expect(personColor('alice', null)).toBe(`hsl(${hueOf('alice')} 65% 55%)`);
  expect(personColor('alice', '#123456')).toBe('#123456');
});

it('hues stay on the wheel for names of any length', () => {
  for (const name of ['x'.repeat(200), '🙂🙂', 'Ångström', '']) {
    expect(hueOf(name)).toBeGreaterThanOrEqual(0);
    expect(hueOf(name)).toBeLessThan(360);
  }
});

it('initials are two letters, whole ones', () => {
  expect(initials('alice')).toBe('AL');
  expect(initials('x')).toBe('X');
  expect(initials('🙂bob')).toBe('🙂B');
});

it('letters on a colour are the ones that can be read', () => {
  expect(needsDarkInk('#ffffff')).toBe(true);
  expect(needsDarkInk('#000000')).toBe(false);
  expect(needsDarkInk('#0000ff')).toBe(false);
});
