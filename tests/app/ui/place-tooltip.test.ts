import { expect, it } from 'vitest';
import { placeTooltip } from '#app/_ui/place-tooltip.ts';

const viewport = { width: 400, height: 300 };
const tooltip = { width: 100, height: 20 };

it('a tooltip stands above its target, in the middle', () => {
  const target = { left: 150, top: 100, width: 40, height: 30 };
  expect(placeTooltip(target, tooltip, viewport)).toEqual({ left: 120, top: 74 });
});

it('it goes below where there is no room above, and never over an edge', () => {
  const corner = { left: 380, top: 4, width: 20, height: 20 };
  expect(placeTooltip(corner, tooltip, viewport)).toEqual({ left: 292, top: 30 });
});
