/**
 * The colour somebody is shown in: their own choice, else one that follows from the name and is the same for
 * everybody (a 32-bit hash of its characters as hue).
 */
export function personColor(name: string, nameColor: string | null | undefined): string {
  return nameColor ?? `hsl(${hueOf(name)} 65% 55%)`;
}

/** Degrees from 0 to 359. */
export function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = ((character.codePointAt(0) ?? 0) + ((hash << 5) - hash)) | 0;
  return Math.abs(hash) % 360;
}

/** The first two letters, in capitals. */
export function initials(name: string): string {
  return [...name].slice(0, 2).join('').toUpperCase();
}

const HEX = /^#[0-9a-f]{6}$/i;

/** Whether dark letters are easier to read on this `#rrggbb` than white ones (WCAG relative luminance). */
export function needsDarkInk(color: string): boolean {
  if (!HEX.test(color)) return true;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}
