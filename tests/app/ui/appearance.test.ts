import { expect, it } from 'vitest';
import { appearanceCookie, appearanceFromCookie } from '#app/_ui/appearance.ts';

it('a chosen appearance survives its cookie', () => {
  const chosen = { theme: 'dark', fontSize: 18 } as const;
  const cookie = appearanceCookie(chosen).split(';')[0]?.split('=')[1];
  expect(appearanceFromCookie(cookie)).toEqual(chosen);
});

it.each([undefined, '', 'purple.15', '.', 'dark<script>.15'])('%j is as usual', (value) => {
  expect(appearanceFromCookie(value)).toEqual({ theme: 'system', fontSize: 15 });
});

it('sizes stay legible', () => {
  expect(appearanceFromCookie('light.3').fontSize).toBe(11);
  expect(appearanceFromCookie('light.300').fontSize).toBe(22);
});
