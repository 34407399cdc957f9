import { describe, expect, it } from 'vitest';
import { clampPanelWidth, PANEL_WIDTHS } from '#app/chat/_shell/panel/panel-width.ts';
import { deviceName } from '#app/chat/_shell/settings/device-name.ts';
import { centreSquare } from '#app/chat/_shell/settings/square-picture.ts';

describe('a device', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1',
      'Safari on iPhone',
    ],
    ['Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge on Windows'],
    ['curl/8.5.0', 'curl'],
  ])('%s is called %s', (userAgent, name) => expect(deviceName(userAgent)).toBe(name));

  it('without a name is unknown', () => expect(deviceName(null)).toBe('Unknown device'));
});

it('a picture is cut in the middle', () => {
  expect(centreSquare(300, 100)).toEqual({ x: 100, y: 0, edge: 100 });
  expect(centreSquare(101, 200)).toEqual({ x: 0, y: 49, edge: 101 });
});

it('a panel stays within reason', () => {
  expect(clampPanelWidth(10)).toBe(PANEL_WIDTHS.least);
  expect(clampPanelWidth(10_000)).toBe(PANEL_WIDTHS.most);
  expect(clampPanelWidth(Number.NaN)).toBe(PANEL_WIDTHS.usual);
});
